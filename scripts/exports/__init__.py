"""Files that lecturers take away; they read what readers see."""
