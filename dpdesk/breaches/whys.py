"""Why each question about a breach is asked, in a sentence; the source stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WHYS: Final[Mapping[str, str]] = {
    "aware": "The 72 hours to report to the ICO run from this moment, nights and weekends too.",
    "what": "The ICO asks what happened and how; its report prints these words. Use no names.",
    "found_how": "It shows the ICO how well the school notices when something goes wrong.",
    "at_processor": "A supplier must tell the school at once; the school then reports it.",
    "processor_told": "The school became aware at the latest when the supplier told it.",
    "equipment": "Lost equipment needs a written report to the head teacher within 24 hours.",
    "incident_type": "It decides which first steps are offered, and fills in what it implies.",
    "equipment_how": "The policy asks for the account of the person who was responsible.",
    "equipment_reported": "It shows that the written report was given within the 24 hours.",
    "triage_why": "Somebody may ask later how the school came to this conclusion.",
    "kinds": "The policy names seven kinds of breach, and the yearly figures use them.",
    "living": "Only data about living people falls under data protection law.",
    "people": "The ICO asks how many people are affected; an estimate will do.",
    "records": "The ICO asks how many records are affected; an estimate will do.",
    "asset_links": "The asset register says what was in these files, and who looks after them.",
    "harms": "They say what people may suffer, and help to decide whether it must be reported.",
    "consequences": "The ICO asks it. These words go into its report, never into letters.",
    "high_risk": "If a high risk is likely, the people affected must be told. The ICO asks it too.",
    "key_safe": "Encrypted data is only safe as long as nobody else has the key.",
    "trained": "The ICO asks whether the staff involved had training in the last two years.",
    "decision_why": "The law requires the reason in writing, above all where nothing is reported.",
    "delay_why": "A report after the 72 hours must say why it comes late.",
    "rest_by": "What is not yet known may follow later; the report says by when.",
    "telling": "People at high risk must be told; the ICO asks whether they were.",
    "not_telling": "The law allows it only for these reasons.",
    "tell_others": "The ICO asks whether police, insurers or others know.",
    "remedy": "The ICO asks what was done. The first steps you ticked are in the answer already.",
    "report_reason": "The ICO asks whether the school thinks that this had to be reported.",
    "first_contact": "The ICO asks whether the school has reported a breach before.",
    "size": "The ICO treats small organisations in proportion.",
    "lessons": "What is learned is what the log is for.",
    "reviewed": "A breach that was not reported may have to be reported after all.",
}
"""By the name of the question."""
