"""How the words of each language are cut for search. The worker gets these rules with the index, so that it cuts a
question as the index was cut.

A stem need not be a word: it only has to be the same for forms that belong together. What is cut too little is
found by its letters all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# Particles and the commonest endings of verbs, among them those of 하다 and 되다, which turn nouns into verbs.
# 만 is missing: in 9,700만 it is part of the number.
_PARTICLES = """
은 는 이 가 을 를 의 에 에서 에게 께서 으로 로 와 과 도 나 이나 까지 부터 보다 처럼 마다 밖에 조차 마저 대로 만큼 라도 이라도
이라는 라는 이라고 라고 이란 란 에는 에도 에만 에서는 에서도 에게서 으로는 으로도 로는 로도 으로서 로서 으로써 로써 와는 과는 와의
과의 에서의 으로의 로의 이며 이고 이다 이었다 였다 입니다 인가 인가요 일까 이야 야 이에요 예요 이요 요
"""
_VERBS = """
하다 한다 했다 하는 하여 해 해서 하고 하며 하면 하기 하지 할 한 함 하려면 하려고 하려는 하도록 해야 하게 한다는 한다고 합니다 합니까
했나 했나요 하나 하나요 할까 시키다 시킨다 시키는 시켜 시킬 되다 된다 됐다 되는 되어 돼 되면 되고 되지 될 된 됨 되었다 되었나 되었나요
됐나 됐나요 되나 되나요 습니다 습니까 는다 었다 았다 는가 는지 은지 나요 었나 았나 었나요 았나요 려면 려고 도록 으면 으며 으니 으므로
므로 지만 는데 은데 인데 거나 든지 면 며 고 지 게 던 을까 을까요 까 까요 니 냐 죠 기 기는
"""
_ASKED_KO = """
뭐 뭐야 뭔가 뭔가요 뭐예요 뭐지 무엇 무엇인가 무엇인가요 무엇이 무엇을 무슨 왜 언제 어디 어디서 어디에 어디에서 누가 누구 누구인가 어떤
어떻게 어느 어때 몇 얼마 얼마나 까닭 이유 뜻 의미 정의 차이 차이점 다른 다른가 다른가요 점 것 수 때 등 및 그 이 저 더 또 중 명 개 나
있나 있나요 있는 있는가 있어 있어요 있다 있을까 있으면 있어서 있도록 있고 없으면 없이 없어서 없나 없나요 없는 하나 하나요 하는 해 했나 했나요 되나 되나요 인가 인가요 알려줘 알려
줘 설명 설명해 설명해줘 대해 대한 대하여 관한 관해 위한 위해 지금도 지금 쓸 못 안 할 해야
"""
_ENDINGS_EN = """
s es ed ing ings ly e er ers ion ions ation ations ate ates ated ating ies ied y ize izes ized izing ization ise 's
"""
_ASKED_EN = """
a an the of in on at to for from by with and or is are was were be been do does did has have had can could should would will
may might must how what which who whom whose when where why it its this that these those there i me my you your we our they
their he she than then so as about into over up out if not no any some much many more most still mean means meaning
definition difference between tell explain please here get
"""


@dataclass(frozen=True)
class Rules:
    endings: str  # alternatives of a regular expression, longest first
    least: int  # letters that must be left of a word
    rounds: int  # how many endings may stand behind one another
    asked: frozenset[str]  # words that ask and join, which nobody looks for

    @cache  # noqa: B019 (the rules live as long as the module; a book repeats its words many times)
    def stem(self, word: str) -> str:
        for _ in range(self.rounds):
            word = re.sub(f"^(.{{{self.least},}}?)(?:{self.endings})$", r"\1", word)
        return word

    def stems(self, text: str) -> list[str]:
        """Of all words that somebody may look for."""
        return [stem for word in words(text) if not {word, stem := self.stem(word)} & self.asked]


def words(text: str) -> list[str]:
    """Lower-case runs of letters and digits: 9,700만 is one word, XR5.0 too; AI는 is two, Roblox's is roblox."""
    text = re.sub(r"(?<=\d),(?=\d)|['’]s\b", "", text.lower())
    text = re.sub(r"(?<=[a-z])(?=[가-힣])|(?<=[가-힣])(?=[a-z])", " ", text)
    return re.findall(r"[^\W_]+(?:\.\d+)*", text)


def _alternatives(*lists: str) -> str:
    return "|".join(sorted({word for one in lists for word in one.split()}, key=lambda w: (-len(w), w)))


RULES = {
    "ko": Rules(_alternatives(_PARTICLES, _VERBS), 2, 2, frozenset([*_ASKED_KO.split(), *_PARTICLES.split(), "만"])),
    "en": Rules(_alternatives(_ENDINGS_EN), 3, 1, frozenset(_ASKED_EN.split())),
}
