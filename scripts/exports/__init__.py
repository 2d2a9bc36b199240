"""Files that lecturers and readers take away; they read what readers see."""

# In the order of the downloads page.
KINDS = ("moodle", "canvas", "links", "questions", "slides", "pdf", "epub", "anki", "site", "data")
PREFIX = "metaverse-ai"  # of the name of every file
