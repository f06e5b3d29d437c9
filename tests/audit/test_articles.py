"""Articles are written in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from audit.articles import written


@pytest.mark.parametrize(
    ("stored", "chinese"),
    [
        ("Rules 91", "公益诉讼办案规则第91条"),
        ("Rules 91; JI 13", "公益诉讼办案规则第91条；检察公益诉讼解释第13条"),
        (
            "Rules 28-30, 85; PIPL 70",
            "公益诉讼办案规则第28-30条、第85条；个人信息保护法第70条",
        ),
        ("CPL 58(2)", "民事诉讼法第58条（2）"),
        ("EXPERT", "专门知识的人规定"),
        ("CSR 105; EXEC-SUP", "民事诉讼监督规则第105条；民事执行监督规定"),
        ("EXEC-SUP 13; EXEC 63", "民事执行监督规定第13条；执行工作规定第63条"),
        ("JI 19 (2018), EXPERTISE", "检察公益诉讼解释第19条 (2018)、EXPERTISE"),
        ("design 3", "系统设计第3节"),
        # Written by a person as it is to be read.
        ("《线索管理办法》（2026年第3号）第5条", "《线索管理办法》（2026年第3号）第5条"),
        ("", ""),
    ],
)
def test_an_article_is_written_in_the_words_of_the_law(stored, chinese):
    with translation.override("zh-hans"):
        assert written(stored) == chinese
    with translation.override("en"):
        assert written(stored) == stored
