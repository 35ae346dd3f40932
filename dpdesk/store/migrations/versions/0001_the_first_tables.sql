-- The first tables of a workspace: a file of the first version has just these.

CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
);

CREATE TABLE history (
    id INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    old TEXT,
    new TEXT,
    why TEXT NOT NULL,
    link VARCHAR NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (id)
);

CREATE TABLE row_seals (
    in_table VARCHAR NOT NULL,
    row_key BLOB NOT NULL,
    seal BLOB NOT NULL,
    CONSTRAINT pk_row_seals PRIMARY KEY (in_table, row_key)
)
    WITHOUT ROWID;

CREATE TABLE drafts (
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    parent_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    answers TEXT NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (register, entry_id, parent_id)
);

CREATE TABLE entry_links (
    id INTEGER NOT NULL,
    from_register VARCHAR NOT NULL,
    from_id INTEGER NOT NULL,
    to_register VARCHAR NOT NULL,
    to_id INTEGER NOT NULL,
    CONSTRAINT pk_entry_links PRIMARY KEY (id)
);

CREATE TABLE search_rows (
    id INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    CONSTRAINT pk_search_rows PRIMARY KEY (id)
);

CREATE VIRTUAL TABLE search_text USING fts5(body, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3');

CREATE TABLE vault_files (
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    CONSTRAINT pk_vault_files PRIMARY KEY (name)
);

CREATE TABLE systems (
    name VARCHAR,
    what TEXT,
    owner VARCHAR,
    supplier VARCHAR,
    processor VARCHAR,
    contract VARCHAR,
    contract_link VARCHAR,
    contract_start DATE,
    contract_end DATE,
    terms_checked DATE,
    stored VARCHAR,
    country VARCHAR,
    safeguards TEXT,
    accounts VARCHAR,
    admins VARCHAR,
    access_months INTEGER,
    notes TEXT,
    found TEXT,
    contract_until DATE,
    access_due DATE,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_systems PRIMARY KEY (id),
    CONSTRAINT uq_systems_reference UNIQUE (reference)
);

CREATE TABLE breach_settings (
    review_months INTEGER,
    police_body VARCHAR,
    fraud_body VARCHAR,
    cyber_body VARCHAR,
    insurer_body VARCHAR,
    authority_body VARCHAR,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_settings PRIMARY KEY (id),
    CONSTRAINT uq_breach_settings_reference UNIQUE (reference)
);

CREATE INDEX ix_breach_settings_due ON breach_settings (due);

CREATE INDEX ix_breach_settings_state ON breach_settings (state);

CREATE TABLE school (
    name VARCHAR,
    address TEXT,
    telephone VARCHAR,
    email VARCHAR,
    website VARCHAR,
    head VARCHAR,
    proprietor VARCHAR,
    ico_number VARCHAR,
    dpo_name VARCHAR,
    dpo_post VARCHAR,
    dpo_email VARCHAR,
    dpo_telephone VARCHAR,
    dpo_address TEXT,
    regulator_name VARCHAR,
    regulator_address TEXT,
    regulator_telephone VARCHAR,
    regulator_hours VARCHAR,
    regulator_website VARCHAR,
    idle_minutes INTEGER,
    backup_folder VARCHAR,
    backup_hours INTEGER,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    school_year_ends VARCHAR,
    financial_year_ends VARCHAR,
    CONSTRAINT pk_school PRIMARY KEY (id),
    CONSTRAINT uq_school_reference UNIQUE (reference)
);

CREATE TABLE documents (
    id INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    original VARCHAR NOT NULL,
    drawn VARCHAR NOT NULL,
    page_count INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    added_at VARCHAR NOT NULL,
    added_by VARCHAR NOT NULL,
    removed_at VARCHAR,
    CONSTRAINT pk_documents PRIMARY KEY (id)
);

CREATE TABLE kept_papers (
    id INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    answers TEXT NOT NULL,
    paper VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    CONSTRAINT pk_kept_papers PRIMARY KEY (id)
);

CREATE TABLE breaches (
    summary VARCHAR,
    aware VARCHAR,
    occurred VARCHAR,
    occurred_words VARCHAR,
    what TEXT,
    affected TEXT,
    ongoing VARCHAR,
    found_how TEXT,
    found_by VARCHAR,
    at_processor VARCHAR,
    processor VARCHAR,
    processor_told VARCHAR,
    assigned_to VARCHAR,
    incident_type VARCHAR,
    equipment VARCHAR,
    first_steps TEXT,
    drill VARCHAR,
    equipment_what VARCHAR,
    equipment_by VARCHAR,
    equipment_how TEXT,
    equipment_reported VARCHAR,
    outcome VARCHAR,
    triaged VARCHAR,
    triaged_by VARCHAR,
    triage_why TEXT,
    kinds TEXT,
    cyber VARCHAR,
    check_triage TEXT,
    living VARCHAR,
    data_kinds TEXT,
    data_other VARCHAR,
    people_kinds TEXT,
    people_other VARCHAR,
    people_certainty VARCHAR,
    people INTEGER,
    people_most INTEGER,
    records_certainty VARCHAR,
    records INTEGER,
    assets TEXT,
    harms TEXT,
    consequences TEXT,
    likelihood VARCHAR,
    severity VARCHAR,
    encrypted VARCHAR,
    key_safe VARCHAR,
    recovered VARCHAR,
    cyber_affected VARCHAR,
    cyber_parts TEXT,
    cyber_impact VARCHAR,
    cyber_recovery VARCHAR,
    staff VARCHAR,
    trained VARCHAR,
    trained_on DATE,
    training TEXT,
    measures TEXT,
    check_assess TEXT,
    decision VARCHAR,
    decision_why TEXT,
    decided VARCHAR,
    decided_by VARCHAR,
    delay_why TEXT,
    report_reason VARCHAR,
    ico_staff VARCHAR,
    first_contact VARCHAR,
    size VARCHAR,
    code_member VARCHAR,
    code_words TEXT,
    case_reference VARCHAR,
    whats_new TEXT,
    rest_by DATE,
    telling VARCHAR,
    telling_other VARCHAR,
    not_telling TEXT,
    for_people TEXT,
    tell_others VARCHAR,
    check_report TEXT,
    contained VARCHAR,
    remedy TEXT,
    check_remediate TEXT,
    restored VARCHAR,
    recovery TEXT,
    check_recover TEXT,
    cause VARCHAR,
    cause_words TEXT,
    lessons TEXT,
    prevention TEXT,
    prevention_by DATE,
    training_change VARCHAR,
    asset_change VARCHAR,
    reviewed DATE,
    check_review TEXT,
    resolved DATE,
    check_resolved TEXT,
    notes TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    asset_links TEXT,
    CONSTRAINT pk_breaches PRIMARY KEY (id),
    CONSTRAINT uq_breaches_reference UNIQUE (reference)
);

CREATE TABLE releases (
    id INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    entry_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    made_at VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    pages INTEGER NOT NULL,
    marks INTEGER NOT NULL,
    withheld INTEGER NOT NULL,
    bundle VARCHAR NOT NULL,
    bundle_sha256 VARCHAR NOT NULL,
    schedule VARCHAR NOT NULL,
    sealed VARCHAR NOT NULL,
    full_copy VARCHAR NOT NULL,
    CONSTRAINT pk_releases PRIMARY KEY (id)
);

CREATE TABLE requests (
    subject VARCHAR,
    subject_kind VARCHAR,
    received DATE,
    channel VARCHAR,
    received_by VARCHAR,
    asked TEXT,
    period VARCHAR,
    assigned_to VARCHAR,
    relationship VARCHAR,
    requester VARCHAR,
    requester_contact TEXT,
    responsibility VARCHAR,
    responsibility_evidence VARCHAR,
    capacity VARCHAR,
    capacity_factors TEXT,
    child_view TEXT,
    identity_needed VARCHAR,
    identity_asked DATE,
    identity_received DATE,
    identity_documents TEXT,
    identity_seen_by VARCHAR,
    fee_asked VARCHAR,
    fee_ground VARCHAR,
    fee_amount INTEGER,
    fee_paid DATE,
    extension_reason VARCHAR,
    extension_why TEXT,
    extended DATE,
    purposes TEXT,
    categories TEXT,
    recipients TEXT,
    retention TEXT,
    data_source TEXT,
    automated TEXT,
    safeguards TEXT,
    closed DATE,
    outcome VARCHAR,
    refusal_ground TEXT,
    late_reason TEXT,
    notes TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_requests PRIMARY KEY (id),
    CONSTRAINT uq_requests_reference UNIQUE (reference)
);

CREATE TABLE retention_rules (
    code VARCHAR,
    "group" VARCHAR,
    records VARCHAR,
    per_person VARCHAR,
    abuse VARCHAR,
    active VARCHAR,
    action VARCHAR,
    "trigger" VARCHAR,
    period INTEGER,
    unit VARCHAR,
    later_trigger VARCHAR,
    later_period INTEGER,
    later_unit VARCHAR,
    insurer_years INTEGER,
    basis VARCHAR,
    citation VARCHAR,
    confidence VARCHAR,
    checked DATE,
    note TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_retention_rules PRIMARY KEY (id),
    CONSTRAINT uq_retention_rules_reference UNIQUE (reference)
);

CREATE TABLE retention_editions (
    day DATE,
    signed_by VARCHAR,
    note TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_retention_editions PRIMARY KEY (id),
    CONSTRAINT uq_retention_editions_reference UNIQUE (reference)
);

CREATE TABLE disposals (
    approved_on DATE,
    approved_by VARCHAR,
    method VARCHAR,
    reason TEXT,
    looked VARCHAR,
    withdrawn_why TEXT,
    done_on DATE,
    done_by VARCHAR,
    witness VARCHAR,
    handed_to VARCHAR,
    receipt DATE,
    contractor VARCHAR,
    certificate VARCHAR,
    third_parties TEXT,
    told DATE,
    note TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_disposals PRIMARY KEY (id),
    CONSTRAINT uq_disposals_reference UNIQUE (reference)
);

CREATE TABLE holds (
    reason VARCHAR,
    kind VARCHAR,
    since DATE,
    by_whom VARCHAR,
    review_on DATE,
    everything VARCHAR,
    people TEXT,
    holdings TEXT,
    assets TEXT,
    rules TEXT,
    lifted DATE,
    lifted_by VARCHAR,
    lifted_why TEXT,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_holds PRIMARY KEY (id),
    CONSTRAINT uq_holds_reference UNIQUE (reference)
);

CREATE TABLE assets (
    name VARCHAR,
    description TEXT,
    function VARCHAR,
    owner VARCHAR,
    form VARCHAR,
    places TEXT,
    place_words VARCHAR,
    systems TEXT,
    people_count INTEGER,
    records_count INTEGER,
    personal VARCHAR,
    role VARCHAR,
    joint TEXT,
    carried_out VARCHAR,
    people_kinds TEXT,
    people_other VARCHAR,
    data_kinds TEXT,
    data_other VARCHAR,
    origins TEXT,
    origin_words VARCHAR,
    notice VARCHAR,
    automated VARCHAR,
    automated_words VARCHAR,
    recipients TEXT,
    recipients_other VARCHAR,
    processors VARCHAR,
    contract TEXT,
    transfers VARCHAR,
    countries VARCHAR,
    safeguards TEXT,
    safeguard_words VARCHAR,
    retention_rule INTEGER,
    retention_words TEXT,
    retention_link VARCHAR,
    policy_document VARCHAR,
    retention_kept VARCHAR,
    retention_why TEXT,
    measures TEXT,
    measures_words TEXT,
    large_scale VARCHAR,
    new_technology VARCHAR,
    monitoring VARCHAR,
    targeting VARCHAR,
    dpia_screened DATE,
    dpia_required VARCHAR,
    dpia_progress VARCHAR,
    dpia_link VARCHAR,
    confirmed DATE,
    review_months INTEGER,
    breaches_before TEXT,
    notes TEXT,
    found TEXT,
    asked INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    contract_until DATE,
    starter VARCHAR,
    retention_code VARCHAR,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_assets PRIMARY KEY (id),
    CONSTRAINT fk_assets_retention_rule_retention_rules FOREIGN KEY(retention_rule)
        REFERENCES retention_rules (id),
    CONSTRAINT uq_assets_reference UNIQUE (reference)
);

CREATE TABLE access_reviews (
    day DATE,
    by_whom VARCHAR,
    accounts INTEGER,
    leavers VARCHAR,
    idle INTEGER,
    idle_closed INTEGER,
    note TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_access_reviews PRIMARY KEY (id),
    CONSTRAINT fk_access_reviews_parent_id_systems FOREIGN KEY(parent_id)
        REFERENCES systems (id),
    CONSTRAINT uq_access_reviews_reference UNIQUE (reference)
);

CREATE TABLE special_days (
    day DATE,
    kind VARCHAR,
    name VARCHAR,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_special_days PRIMARY KEY (id),
    CONSTRAINT fk_special_days_parent_id_school FOREIGN KEY(parent_id)
        REFERENCES school (id),
    CONSTRAINT uq_special_days_reference UNIQUE (reference)
);

CREATE TABLE terms (
    name VARCHAR,
    first DATE,
    last DATE,
    note TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_terms PRIMARY KEY (id),
    CONSTRAINT fk_terms_parent_id_school FOREIGN KEY(parent_id) REFERENCES school (id),
    CONSTRAINT uq_terms_reference UNIQUE (reference)
);

CREATE TABLE document_pages (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    words BLOB NOT NULL,
    CONSTRAINT pk_document_pages PRIMARY KEY (id),
    CONSTRAINT uq_document_pages_document_id UNIQUE (document_id, number),
    CONSTRAINT fk_document_pages_document_id_documents FOREIGN KEY(document_id)
        REFERENCES documents (id)
);

CREATE TABLE breach_staff (
    post VARCHAR,
    name VARCHAR,
    trained VARCHAR,
    trained_on DATE,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_staff PRIMARY KEY (id),
    CONSTRAINT fk_breach_staff_parent_id_breaches FOREIGN KEY(parent_id)
        REFERENCES breaches (id),
    CONSTRAINT uq_breach_staff_reference UNIQUE (reference)
);

CREATE TABLE breach_notes (
    at VARCHAR,
    stage VARCHAR,
    done TEXT,
    by_whom VARCHAR,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_notes PRIMARY KEY (id),
    CONSTRAINT fk_breach_notes_parent_id_breaches FOREIGN KEY(parent_id)
        REFERENCES breaches (id),
    CONSTRAINT uq_breach_notes_reference UNIQUE (reference)
);

CREATE TABLE breach_actions (
    what VARCHAR,
    stage VARCHAR,
    owner VARCHAR,
    "by" DATE,
    done DATE,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_actions PRIMARY KEY (id),
    CONSTRAINT fk_breach_actions_parent_id_breaches FOREIGN KEY(parent_id)
        REFERENCES breaches (id),
    CONSTRAINT uq_breach_actions_reference UNIQUE (reference)
);

CREATE TABLE breach_told (
    whom VARCHAR,
    name VARCHAR,
    told_at VARCHAR,
    how VARCHAR,
    number_told INTEGER,
    their_reference VARCHAR,
    what TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_told PRIMARY KEY (id),
    CONSTRAINT fk_breach_told_parent_id_breaches FOREIGN KEY(parent_id)
        REFERENCES breaches (id),
    CONSTRAINT uq_breach_told_reference UNIQUE (reference)
);

CREATE TABLE breach_reports (
    sent_at VARCHAR,
    kind VARCHAR,
    channel VARCHAR,
    case_reference VARCHAR,
    paper INTEGER,
    note TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_breach_reports PRIMARY KEY (id),
    CONSTRAINT fk_breach_reports_parent_id_breaches FOREIGN KEY(parent_id)
        REFERENCES breaches (id),
    CONSTRAINT uq_breach_reports_reference UNIQUE (reference)
);

CREATE TABLE marks (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    x0 FLOAT NOT NULL,
    y0 FLOAT NOT NULL,
    x1 FLOAT NOT NULL,
    y1 FLOAT NOT NULL,
    code VARCHAR NOT NULL,
    words TEXT NOT NULL,
    origin VARCHAR NOT NULL,
    note TEXT NOT NULL,
    made_at VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    removed_at VARCHAR,
    removed_by VARCHAR,
    CONSTRAINT pk_marks PRIMARY KEY (id),
    CONSTRAINT fk_marks_document_id_documents FOREIGN KEY(document_id)
        REFERENCES documents (id)
);

CREATE TABLE page_reviews (
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    reviewed_at VARCHAR,
    reviewed_by VARCHAR,
    second_at VARCHAR,
    second_by VARCHAR,
    withheld VARCHAR,
    withheld_by VARCHAR,
    withheld_at VARCHAR,
    CONSTRAINT pk_page_reviews PRIMARY KEY (document_id, page),
    CONSTRAINT fk_page_reviews_document_id_documents FOREIGN KEY(document_id)
        REFERENCES documents (id)
);

CREATE TABLE clarifications (
    asked_on DATE,
    question TEXT,
    reason VARCHAR,
    answered_on DATE,
    answer TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_clarifications PRIMARY KEY (id),
    CONSTRAINT fk_clarifications_parent_id_requests FOREIGN KEY(parent_id)
        REFERENCES requests (id),
    CONSTRAINT uq_clarifications_reference UNIQUE (reference)
);

CREATE TABLE searches (
    place VARCHAR,
    terms VARCHAR,
    by_whom VARCHAR,
    searched_on DATE,
    found VARCHAR,
    amount INTEGER,
    why_not TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_searches PRIMARY KEY (id),
    CONSTRAINT fk_searches_parent_id_requests FOREIGN KEY(parent_id)
        REFERENCES requests (id),
    CONSTRAINT uq_searches_reference UNIQUE (reference)
);

CREATE TABLE handovers (
    given_on DATE,
    how VARCHAR,
    to_whom VARCHAR,
    release_number INTEGER,
    by_whom VARCHAR,
    proof VARCHAR,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_handovers PRIMARY KEY (id),
    CONSTRAINT fk_handovers_parent_id_requests FOREIGN KEY(parent_id)
        REFERENCES requests (id),
    CONSTRAINT uq_handovers_reference UNIQUE (reference)
);

CREATE TABLE disposal_lines (
    id INTEGER NOT NULL,
    disposal_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    holding VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    records VARCHAR NOT NULL,
    description TEXT NOT NULL,
    form VARCHAR NOT NULL,
    quantity VARCHAR NOT NULL,
    dates VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    due VARCHAR NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_disposal_lines PRIMARY KEY (id),
    CONSTRAINT fk_disposal_lines_disposal_id_disposals FOREIGN KEY(disposal_id)
        REFERENCES disposals (id)
);

CREATE TABLE asset_purposes (
    purpose VARCHAR,
    basis VARCHAR,
    recognised VARCHAR,
    task_law VARCHAR,
    justification TEXT,
    interests TEXT,
    lia_done DATE,
    lia_link VARCHAR,
    can_withdraw VARCHAR,
    consent_record VARCHAR,
    uses_special VARCHAR,
    art9 VARCHAR,
    sch1 VARCHAR,
    necessary TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_asset_purposes PRIMARY KEY (id),
    CONSTRAINT fk_asset_purposes_parent_id_assets FOREIGN KEY(parent_id)
        REFERENCES assets (id),
    CONSTRAINT uq_asset_purposes_reference UNIQUE (reference)
);

CREATE TABLE asset_reviews (
    day DATE,
    with_whom VARCHAR,
    outcome VARCHAR,
    note TEXT,
    parent_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_asset_reviews PRIMARY KEY (id),
    CONSTRAINT fk_asset_reviews_parent_id_assets FOREIGN KEY(parent_id)
        REFERENCES assets (id),
    CONSTRAINT uq_asset_reviews_reference UNIQUE (reference)
);

CREATE TABLE holdings (
    what VARCHAR,
    rule INTEGER,
    counts_from TEXT,
    asset INTEGER,
    one_person VARCHAR,
    person VARCHAR,
    safeguarding VARCHAR,
    born DATE,
    "left" DATE,
    employment_ended DATE,
    in_year DATE,
    event_on DATE,
    last_entry DATE,
    expired_on DATE,
    term_ended DATE,
    closed_on DATE,
    consent_ended DATE,
    receipt_on DATE,
    pension_on DATE,
    place VARCHAR,
    form VARCHAR,
    quantity VARCHAR,
    third_parties TEXT,
    note TEXT,
    kept_why TEXT,
    kept_until DATE,
    kept_by VARCHAR,
    held_by VARCHAR NOT NULL,
    disposal_id INTEGER,
    disposed_at VARCHAR,
    seal VARCHAR,
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    due VARCHAR,
    created_at VARCHAR NOT NULL,
    changed_at VARCHAR NOT NULL,
    archived_at VARCHAR,
    CONSTRAINT pk_holdings PRIMARY KEY (id),
    CONSTRAINT fk_holdings_rule_retention_rules FOREIGN KEY(rule)
        REFERENCES retention_rules (id),
    CONSTRAINT fk_holdings_asset_assets FOREIGN KEY(asset) REFERENCES assets (id),
    CONSTRAINT fk_holdings_disposal_id_disposals FOREIGN KEY(disposal_id)
        REFERENCES disposals (id),
    CONSTRAINT uq_holdings_reference UNIQUE (reference)
);

CREATE TABLE holding_names (
    id INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    holding_id INTEGER NOT NULL,
    CONSTRAINT pk_holding_names PRIMARY KEY (id),
    CONSTRAINT fk_holding_names_holding_id_holdings FOREIGN KEY(holding_id)
        REFERENCES holdings (id)
);

CREATE INDEX ix_history_entry ON history (register, entry_id);
CREATE INDEX ix_entry_links_from ON entry_links (from_register, from_id);
CREATE INDEX ix_entry_links_to ON entry_links (to_register, to_id);
CREATE INDEX ix_search_rows_entry ON search_rows (register, entry_id, document_id, page);
CREATE INDEX ix_systems_due ON systems (due);
CREATE INDEX ix_systems_state ON systems (state);
CREATE INDEX ix_school_state ON school (state);
CREATE INDEX ix_school_due ON school (due);
CREATE INDEX ix_documents_entry ON documents (register, entry_id, position);
CREATE INDEX ix_documents_content ON documents (register, entry_id, sha256);
CREATE INDEX ix_kept_papers_entry ON kept_papers (register, entry_id);
CREATE INDEX ix_breaches_state ON breaches (state);
CREATE INDEX ix_breaches_due ON breaches (due);
CREATE INDEX ix_releases_entry ON releases (register, entry_id);
CREATE INDEX ix_requests_due ON requests (due);
CREATE INDEX ix_requests_state ON requests (state);
CREATE INDEX ix_retention_rules_state ON retention_rules (state);
CREATE INDEX ix_retention_rules_due ON retention_rules (due);
CREATE INDEX ix_retention_editions_state ON retention_editions (state);
CREATE INDEX ix_retention_editions_due ON retention_editions (due);
CREATE INDEX ix_disposals_due ON disposals (due);
CREATE INDEX ix_disposals_state ON disposals (state);
CREATE INDEX ix_holds_due ON holds (due);
CREATE INDEX ix_holds_state ON holds (state);
CREATE INDEX ix_assets_state ON assets (state);
CREATE INDEX ix_assets_due ON assets (due);
CREATE INDEX ix_access_reviews_parent_id ON access_reviews (parent_id);
CREATE INDEX ix_access_reviews_state ON access_reviews (state);
CREATE INDEX ix_access_reviews_due ON access_reviews (due);
CREATE INDEX ix_special_days_parent_id ON special_days (parent_id);
CREATE INDEX ix_special_days_state ON special_days (state);
CREATE INDEX ix_special_days_due ON special_days (due);
CREATE INDEX ix_terms_due ON terms (due);
CREATE INDEX ix_terms_parent_id ON terms (parent_id);
CREATE INDEX ix_terms_state ON terms (state);
CREATE INDEX ix_breach_staff_state ON breach_staff (state);
CREATE INDEX ix_breach_staff_due ON breach_staff (due);
CREATE INDEX ix_breach_staff_parent_id ON breach_staff (parent_id);
CREATE INDEX ix_breach_notes_due ON breach_notes (due);
CREATE INDEX ix_breach_notes_state ON breach_notes (state);
CREATE INDEX ix_breach_notes_parent_id ON breach_notes (parent_id);
CREATE INDEX ix_breach_actions_due ON breach_actions (due);
CREATE INDEX ix_breach_actions_parent_id ON breach_actions (parent_id);
CREATE INDEX ix_breach_actions_state ON breach_actions (state);
CREATE INDEX ix_breach_told_due ON breach_told (due);
CREATE INDEX ix_breach_told_parent_id ON breach_told (parent_id);
CREATE INDEX ix_breach_told_state ON breach_told (state);
CREATE INDEX ix_breach_reports_due ON breach_reports (due);
CREATE INDEX ix_breach_reports_parent_id ON breach_reports (parent_id);
CREATE INDEX ix_breach_reports_state ON breach_reports (state);
CREATE INDEX ix_marks_page ON marks (document_id, page);
CREATE INDEX ix_clarifications_state ON clarifications (state);
CREATE INDEX ix_clarifications_due ON clarifications (due);
CREATE INDEX ix_clarifications_parent_id ON clarifications (parent_id);
CREATE INDEX ix_searches_state ON searches (state);
CREATE INDEX ix_searches_due ON searches (due);
CREATE INDEX ix_searches_parent_id ON searches (parent_id);
CREATE INDEX ix_handovers_state ON handovers (state);
CREATE INDEX ix_handovers_parent_id ON handovers (parent_id);
CREATE INDEX ix_handovers_due ON handovers (due);
CREATE INDEX ix_disposal_lines_disposal_id ON disposal_lines (disposal_id);
CREATE INDEX ix_asset_purposes_state ON asset_purposes (state);
CREATE INDEX ix_asset_purposes_parent_id ON asset_purposes (parent_id);
CREATE INDEX ix_asset_purposes_due ON asset_purposes (due);
CREATE INDEX ix_asset_reviews_state ON asset_reviews (state);
CREATE INDEX ix_asset_reviews_parent_id ON asset_reviews (parent_id);
CREATE INDEX ix_asset_reviews_due ON asset_reviews (due);
CREATE INDEX ix_holdings_disposal_id ON holdings (disposal_id);
CREATE INDEX ix_holdings_due ON holdings (due);
CREATE INDEX ix_holdings_state ON holdings (state);
CREATE INDEX ix_holdings_asset ON holdings (asset);
CREATE INDEX ix_holdings_rule ON holdings (rule);
CREATE INDEX ix_holding_names_holding_id ON holding_names (holding_id);
CREATE INDEX ix_holding_names_part ON holding_names (part, holding_id);
