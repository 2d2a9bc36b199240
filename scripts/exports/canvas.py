"""What Canvas reads beside the cartridge, so that chapters become pages in modules and keep their pictures and links.

Its files are written after what Canvas exports and imports itself (lib/cc in instructure/canvas-lms). A cartridge with
them is read by cc2olx for Open edX, too.
"""

from __future__ import annotations

from html import escape

from lxml import etree, html
from lxml.builder import ElementMaker

from scripts.content.teaching import IN_CARTRIDGE
from scripts.exports import imscc, plain_html, qti
from scripts.exports.course import Course
from scripts.exports.imscc import Module, Resource
from scripts.exports.question_bank import Item as Question

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "https://canvas.instructure.com/xsd/cccv1p0.xsd"
_E = ElementMaker(namespace=CANVAS, nsmap={None: CANVAS, "xsi": _INSTANCE})
_FLAG = "course_settings/canvas_export.txt"  # its presence makes Canvas and cc2olx read the rest
_CONTENT_TYPES = {
    imscc.WEB_CONTENT: "WikiPage",
    imscc.ASSESSMENT: "Quizzes::Quiz",
    imscc.TOPIC: "DiscussionTopic",
    imscc.WEB_LINK: "ExternalUrl",
}


class CanvasCourse(Course):
    """Pages lie in wiki_content and pictures in web_resources, where Canvas looks for them."""

    pages = "wiki_content"
    pictures = "web_resources"

    def picture_address(self, name: str) -> str:
        return f"$IMS-CC-FILEBASE$/{name}"

    def link(self, here: str, url: str, anchor: str) -> str:
        """Within the page and between chapters it stays inside; cc2olx finds no page by an address with an anchor."""
        if url == here and anchor:
            return f"#{anchor}"
        page = self.chapter_at(url)
        return f"$WIKI_REFERENCE$/pages/{page}" if page else self.web(url, anchor)

    def page(self, id: str, title: str, text: html.HtmlElement, needs: tuple[Resource, ...] = ()) -> Resource:
        meta = {"identifier": id, "editing_roles": "teachers", "workflow_state": "active"}
        return Resource(id, imscc.WEB_CONTENT, {f"{self.pages}/{id}.html": plain_html.page(title, text, meta)}, needs)

    def quiz(self, id: str, title: str, questions: list[Question]) -> Resource:
        """Canvas takes the questions from its own copy, the others from the cartridge's. Practice, because the answers
        are public: it gives no column in the gradebook."""
        settings = _E.quiz(
            _E.title(title),
            _E.description(f'<p lang="{self.locale}">{escape(self.view.t("cartridge_answers_text"), quote=False)}</p>'),
            _E.quiz_type("practice_quiz"),
            _E.points_possible(f"{IN_CARTRIDGE}.0"),
            _E.allowed_attempts("-1"),
            _E.scoring_policy("keep_highest"),
            _E.shuffle_answers("false"),
            _E.show_correct_answers("true"),
            _E.available("true"),
            identifier=id,
        )
        own = Resource(
            f"{id}-canvas",
            imscc.ASSOCIATED,
            {
                f"{id}/assessment_meta.xml": _written(settings),
                f"non_cc_assessments/{id}.xml.qti": qti.assessment(id, title, questions, canvas=True),
            },
        )
        common = {f"{id}/assessment_qti.xml": qti.assessment(id, title, questions)}
        return Resource(id, imscc.ASSESSMENT, common, (own,))

    def topic(self, id: str, title: str, text: str) -> Resource:
        meta_id = f"{id}-canvas"
        meta = _E.topicMeta(
            _E.topic_id(id),
            _E.title(title),
            _E.type("topic"),
            _E.discussion_type("threaded"),
            _E.workflow_state("active"),
            identifier=meta_id,
        )
        own = Resource(meta_id, imscc.ASSOCIATED, {f"discussions/{meta_id}.xml": _written(meta)})
        return imscc.topic(id, title, text, (own,))

    def settings(self, modules: list[Module]) -> list[Resource]:
        meta = _E.modules(*(_module(module, place) for place, module in enumerate(modules, 1)))
        flag = f"{self.view.site_title} {self.view.absolute('index')}\n".encode()
        files = {_FLAG: flag, "course_settings/module_meta.xml": _written(meta)}
        return [Resource(self.id("settings"), imscc.ASSOCIATED, files)]


def _module(module: Module, place: int) -> etree._Element:
    lines = []
    for position, item in enumerate(module.items, 1):
        resource = item.resource
        line = _E.item(
            _E.content_type(_CONTENT_TYPES[resource.type]),
            _E.title(item.title),
            _E.identifierref(resource.id),
            identifier=item.id,
        )
        if resource.type == imscc.WEB_LINK:
            line.append(_E.url(resource.url))
        line.append(_E.position(str(position)))
        line.append(_E.indent("0"))
        lines.append(line)
    state, position = _E.workflow_state("active"), _E.position(str(place))
    return _E.module(_E.title(module.title), state, position, _E.items(*lines), identifier=module.id)


def _written(root: etree._Element) -> bytes:
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{CANVAS} {_SCHEMA}")
    return imscc.written(root)
