"""The names of laws, interpretations and rules as a document cites them."""

from __future__ import annotations

PIPL_ZH = "《中华人民共和国个人信息保护法》"
CC_ZH = "《中华人民共和国民法典》"
CPL_ZH = "《中华人民共和国民事诉讼法》"
APL_ZH = "《中华人民共和国行政诉讼法》"
MPL_ZH = "《中华人民共和国未成年人保护法》"
ATF_ZH = "《中华人民共和国反电信网络诈骗法》"
CPLI_ZH = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
PRESERV_ZH = "《最高人民法院关于人民法院办理财产保全案件若干问题的规定》"
JI_ZH = "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》"
EXPERT_ZH = "最高人民检察院《关于指派、聘请有专门知识的人参与办案若干问题的规定（试行）》"
RULES_ZH = "《人民检察院公益诉讼办案规则》"
RECOMMENDING_ZH = "《人民检察院检察建议工作规定》"
SUPERVISING_ZH = "《人民检察院民事诉讼监督规则》"
HEARING_ZH = "《人民检察院审查案件听证工作规定》"
