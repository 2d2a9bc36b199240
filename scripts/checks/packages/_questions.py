"""Quizzes of a cartridge: four questions each, whose keys every importer reads rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from scripts.checks.packages._cartridge import ASSESSMENT, Cartridge
from scripts.checks.packages._content import fragment
from scripts.findings import Finding

_QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_QUESTIONS = 4
_SINGLE, _TRUE_FALSE = "cc.multiple_choice.v0p1", "cc.true_false.v0p1"
_LEAST_OPTIONS = 3


def check(cartridge: Cartridge) -> Iterator[Finding]:
    seen: set[str] = set()
    for _, path in cartridge.of_type(ASSESSMENT):
        if path in cartridge.xml:
            yield from _quiz(cartridge, path, seen)


def _quiz(cartridge: Cartridge, path: str, seen: set[str]) -> Iterator[Finding]:
    root = cartridge.xml[path]
    assessment = root.find(f"{_QTI}assessment")
    if root.tag != f"{_QTI}questestinterop" or assessment is None:
        yield cartridge.finding(path, root, "is no assessment in QTI 1.2")
        return
    if fields(assessment).get("cc_profile") != "cc.exam.v0p1":
        yield cartridge.finding(path, assessment, "the assessment's cc_profile must be cc.exam.v0p1")
    items = assessment.findall(f"{_QTI}section/{_QTI}item")
    if len(items) != _QUESTIONS:
        yield cartridge.finding(
            path,
            assessment,
            f"holds {len(items)} questions; Moodle sums every quiz to {_QUESTIONS} points, whatever it holds",
        )
    for item in items:
        name = item.get("ident", "")
        if name in seen:
            yield cartridge.finding(path, item, f"{name} is the name of another question, too")
        seen.add(name)
        yield from _Question(cartridge, path, item).check()


class _Question:
    def __init__(self, cartridge: Cartridge, path: str, item: etree._Element) -> None:
        self.cartridge = cartridge
        self.path = path
        self.item = item
        self.fields = fields(item.find(f"{_QTI}itemmetadata"))
        self.options = [label.get("ident", "") for label in item.iter(f"{_QTI}response_label")]

    def fault(self, message: str, element: etree._Element | None = None) -> Finding:
        where = self.item if element is None else element
        return self.cartridge.finding(self.path, where, f"{self.item.get('ident')}: {message}")

    def check(self) -> Iterator[Finding]:
        if not self.item.get("title"):
            yield self.fault("has no title; Moodle would cut one from the text, in the middle of a letter")
        if self.fields.get("cc_weighting", "1") != "1":
            yield self.fault("counts more than one point; Moodle sums every quiz to 4")
        yield from self._kind()
        yield from self._texts()
        yield from self._conditions()
        yield from self._feedback()

    def _kind(self) -> Iterator[Finding]:
        profile = self.fields.get("cc_profile")
        if profile == _TRUE_FALSE:
            if sorted(self.options) != ["false", "true"]:
                yield self.fault("the answers' names must be true and false, or Moodle gives up on the whole package")
        elif profile != _SINGLE:
            yield self.fault(f"cc_profile is {profile}; only {_SINGLE} and {_TRUE_FALSE} come out rightly everywhere")
        elif len(self.options) < _LEAST_OPTIONS:
            yield self.fault(f"has {len(self.options)} options; the format wants at least {_LEAST_OPTIONS}")
        if len({option.lower() for option in self.options}) < len(self.options):
            yield self.fault("two options have one name; Moodle does not tell capitals apart")
        for option in self.options:
            if not re.fullmatch(r"[a-z]+", option):
                yield self.fault(f"the option {option} needs a name of small letters; PHP compares 1 and 01 as numbers")
        for lid in self.item.iter(f"{_QTI}response_lid"):
            if lid.get("rcardinality") != "Single":
                yield self.fault("rcardinality must be Single", lid)

    def _texts(self) -> Iterator[Finding]:
        question = self.item.find(f"{_QTI}presentation/{_QTI}material/{_QTI}mattext")
        if question is None or not (question.text or "").strip():
            yield self.fault("has no text")
        else:
            yield from fragment(self.cartridge, self.path, question, question.text)
            if found := re.search(r"%[0-9A-Fa-f]{2}", question.text):
                yield self.fault(
                    f"cc2olx takes {found[0]} for a letter written in hexadecimal; put a space in between", question
                )
        for text in self.item.iterfind(f".//{_QTI}response_label/{_QTI}material/{_QTI}mattext"):
            if text.get("texttype") != "text/plain" or re.search(r"[<>]", text.text or ""):
                yield self.fault("options are plain text; cc2olx shows their markup", text)

    def _conditions(self) -> Iterator[Finding]:
        """General feedback, the key, the wrong options: in any other order some importer marks wrong answers right."""
        conditions = self.item.findall(f"{_QTI}resprocessing/{_QTI}respcondition")
        shapes = [_shape(condition) for condition in conditions]
        wanted = ["general", "key", *["wrong"] * (len(self.options) - 1)]
        if shapes != wanted:
            yield self.fault(f"the conditions must be {', '.join(wanted)}; here {', '.join(shapes) or 'none'}")
        chosen = [name for condition in conditions for name in _chosen(condition)]
        if sorted(chosen) != sorted(self.options):
            yield self.fault(
                "every option needs one condition of its own; Moodle takes its feedback and points from there"
            )
        response = {lid.get("ident") for lid in self.item.iter(f"{_QTI}response_lid")}
        for equal in self.item.iter(f"{_QTI}varequal"):
            if equal.get("respident") not in response:
                yield self.fault(f"respident {equal.get('respident')} is no response of the question", equal)

    def _feedback(self) -> Iterator[Finding]:
        shown = {show.get("linkrefid") for show in self.item.iter(f"{_QTI}displayfeedback")}
        given = {}
        for feedback in self.item.iterfind(f"{_QTI}itemfeedback"):
            given[feedback.get("ident")] = feedback
            text = feedback.find(f"{_QTI}flow_mat/{_QTI}material/{_QTI}mattext")
            if text is None or not (text.text or "").strip():
                yield self.fault("feedback without a text in flow_mat, where Moodle looks", feedback)
            else:
                yield from fragment(self.cartridge, self.path, text, text.text)
        for name in sorted(shown ^ set(given)):
            yield self.fault(
                f"the feedback {name} is " + ("never shown" if name in given else "missing"), given.get(name)
            )


def fields(element: etree._Element | None) -> dict[str, str]:
    """The metadata of an assessment or item."""
    found = () if element is None else element.iterfind(f"{_QTI}qtimetadata/{_QTI}qtimetadatafield")
    return {field.findtext(f"{_QTI}fieldlabel", ""): field.findtext(f"{_QTI}fieldentry", "") for field in found}


def keys(root: etree._Element) -> list[tuple[str, list[str]]]:
    """Names of questions with the options that give points."""
    return [
        (item.get("ident"), [n for c in item.iter(f"{_QTI}respcondition") if _shape(c) == "key" for n in _chosen(c)])
        for item in root.iter(f"{_QTI}item")
    ]


def _chosen(condition: etree._Element) -> list[str]:
    return [equal.text or "" for equal in condition.iterfind(f"{_QTI}conditionvar/{_QTI}varequal")]


def _shape(condition: etree._Element) -> str:
    """`general` for what is shown to all and lets the processing go on, `key` for what gives points and ends it,
    `wrong` for what gives none and ends it, `other` for everything else."""
    goes_on = condition.get("continue") == "Yes"
    points = [setting.text for setting in condition.iterfind(f"{_QTI}setvar")]
    if condition.find(f"{_QTI}conditionvar/{_QTI}other") is not None:
        return "general" if goes_on and not points else "other"
    if goes_on or len(_chosen(condition)) != 1:
        return "other"
    return "key" if points == ["100"] else "other" if points else "wrong"
