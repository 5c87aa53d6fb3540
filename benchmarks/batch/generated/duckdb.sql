WITH round_0 AS (SELECT *,
  (CASE WHEN coalesce("care.months", "care.months.at_least") >= 3 THEN true WHEN coalesce("care.months", "care.months.at_most") < 3 THEN false END) AS "care-duration",
  coalesce("neuro.progressive_deficit", false) AS "progressive-deficit",
  coalesce("neuro.cauda_equina", false) AS "cauda-equina",
  ((coalesce("neuro.motor_grade", '5') IN ('0', '1', '2', '3')) OR coalesce("neuro.rapid_weakness", false)) AS "severe-weakness",
  (coalesce("neuro.myelopathy", false) OR coalesce("neuro.cord_signal_change", false)) AS "myelopathy",
  coalesce("neuro.conus_signs", false) AS "conus-syndrome",
  coalesce("red_flags.tumour", false) AS "tumour",
  coalesce("red_flags.infection", false) AS "infection",
  coalesce("red_flags.fracture", false) AS "fracture",
  ((CASE WHEN coalesce("physical_therapy.length", "physical_therapy.length.at_least") >= 6 THEN true WHEN coalesce("physical_therapy.length", "physical_therapy.length.at_most") < 6 THEN false END) AND "physical_therapy.attendance_log" AND "physical_therapy.progress_notes") AS "therapy-completed",
  "physical_therapy.contraindicated" AS "therapy-contraindicated",
  ((CASE WHEN coalesce("medication.neuropathic_trials", "medication.neuropathic_trials.at_least") >= 1 THEN true WHEN coalesce("medication.neuropathic_trials", "medication.neuropathic_trials.at_most") < 1 THEN false END) OR (("medication.contraindicated" IS NOT NULL) AND ((list_contains("medication.contraindicated", 'neuropathic agent'))))) AS "neuropathic-agent",
  ("epidural.decision" IN ('done', 'declined with reason', 'contraindicated')) AS "epidural-considered",
  ((CASE WHEN coalesce("medication.nsaid_trials", "medication.nsaid_trials.at_least") >= 1 THEN true WHEN coalesce("medication.nsaid_trials", "medication.nsaid_trials.at_most") < 1 THEN false END) OR (("medication.contraindicated" IS NOT NULL) AND ((list_contains("medication.contraindicated", 'NSAID'))))) AS "nsaid",
  ((CASE WHEN coalesce("medication.analgesic_trials", "medication.analgesic_trials.at_least") >= 1 THEN true WHEN coalesce("medication.analgesic_trials", "medication.analgesic_trials.at_most") < 1 THEN false END) OR (("medication.contraindicated" IS NOT NULL) AND ((list_contains("medication.contraindicated", 'analgesic'))))) AS "analgesic",
  ("self_care.activity_modified" AND "self_care.education_followed") AS "activity-and-education",
  ("request.level" NOT IN ('T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2')) AS "level-outside-policy",
  "function.significant_disability" AS "functional-disability",
  ("request.setting" = 'inpatient') AS "stay-is-separate",
  ((NOT "prior_surgery.present") OR (("prior_surgery.place" IN ('same level', 'adjacent level', 'another level')) AND (CASE WHEN coalesce("prior_surgery.date", "prior_surgery.date.at_most") <= "request_date" THEN true WHEN coalesce("prior_surgery.date", "prior_surgery.date.at_least") > "request_date" THEN false END) AND ("prior_surgery.cause" IN ('new pathology', 'epidural fibrosis', 'arachnoiditis', 'adjacent segment disease')))) AS "prior-surgery-work-up",
  "neuro.examination" AS "neurological-examination-recorded",
  ("prior_surgery.present" AND (CASE WHEN coalesce("pain.duration", "pain.duration.at_least") > 12 THEN true WHEN coalesce("pain.duration", "pain.duration.at_most") <= 12 THEN false END)) AS "psps-type-2",
  "prior_surgery.present" AS "prior-surgery-risk",
  (("imaging.level" = "request.level") AND (("imaging.side" = "request.side") OR ("imaging.side" IN ('bilateral', 'midline')))) AS "imaging-matches-request",
  (("symptoms.side" = "request.side") OR ("symptoms.side" = 'bilateral') OR (("request.side" = 'midline') AND ("symptoms.side" IN ('left', 'right')))) AS "symptoms-match-side",
  "imaging.giant_or_calcified_disc" AS "giant-or-calcified-disc",
FROM cases),
round_1 AS (SELECT *,
  ("progressive-deficit" OR "cauda-equina" OR "severe-weakness" OR "myelopathy" OR "conus-syndrome" OR "tumour" OR "infection" OR "fracture") AS "red-flag-exception",
  ("physical_therapy.taken_up" OR ("physical_therapy.taken_up" IS NULL) OR ("therapy-completed" IS NOT DISTINCT FROM true) OR ("therapy-contraindicated" IS NOT DISTINCT FROM true)) AS "therapy-not-declined",
  ("neuropathic-agent" AND "nsaid" AND "analgesic") AS "medication",
  (("symptoms.level" = "request.level") AND "symptoms-match-side") AS "symptoms-match-request",
  coalesce("prior-surgery-work-up", true) AS "prior-surgery-work-up-if-met",
FROM round_0),
round_2 AS (SELECT *,
  ((CASE WHEN coalesce("care.length", "care.length.at_least") >= 6 THEN true WHEN coalesce("care.length", "care.length.at_most") < 6 THEN false END) AND ("care-duration" IS NOT DISTINCT FROM false) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "care-longer-than-sources-ask",
  ((NOT "therapy-not-declined") AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "therapy-refusal",
  ((NOT ("neuropathic-agent" IS NOT DISTINCT FROM true)) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "neuropathic-agent-evidence",
  (("request.level" IN ('T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2')) AND (NOT ("epidural-considered" IS NOT DISTINCT FROM true)) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "epidural-risk",
  (("therapy-completed" OR ("therapy-contraindicated" IS NOT DISTINCT FROM true)) AND "therapy-not-declined") AS "physical-therapy",
  (("imaging.level" IS NOT NULL) AND (("imaging.date" IS NULL AND "imaging.date.at_least" IS NULL AND "imaging.date.at_most" IS NULL) OR ("neuro.cord_signal_change" IS NULL)) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "imaging-record-incomplete",
  ((("request.level" IN ('T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2')) OR ("request.level" IS NULL)) AND (NOT ("neurological-examination-recorded" IS NOT DISTINCT FROM true)) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "neurological-examination-missing",
  ("prior_surgery.present" AND (NOT ("psps-type-2" IS NOT DISTINCT FROM true)) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "psps-not-established",
  ("prior_surgery.present" AND (("prior_surgery.behavioural_therapy" IS NULL) OR (NOT "prior_surgery.behavioural_therapy")) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "rehabilitation-first",
  ("prior_surgery.present" AND (("prior_surgery.alternatives_considered" IS NULL) OR (NOT "prior_surgery.alternatives_considered")) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true))) AS "alternatives-to-repeat-surgery",
  ("imaging-matches-request" AND "symptoms-match-request") AS "imaging-correlates",
FROM round_1),
round_3 AS (SELECT *,
  ("physical-therapy" AND "medication" AND "epidural-considered" AND "activity-and-education") AS "conservative-modalities",
  (("imaging.level" IS NOT NULL) AND (NOT ("imaging-correlates" IS NOT DISTINCT FROM true))) AS "imaging-nonspecific",
  coalesce("imaging-correlates", true) AS "imaging-correlates-if-met",
FROM round_2),
round_4 AS (SELECT *,
  ("care-duration" AND "conservative-modalities") AS "conservative-care-complete",
  (("imaging.level" IS NOT NULL) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("care-duration" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-modalities" IS NOT DISTINCT FROM true))) AS "imaging-alone",
  ("pain.intractable" AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-modalities" IS NOT DISTINCT FROM true))) AS "intractable-pain-unrecorded",
FROM round_3),
round_5 AS (SELECT *,
  ("pain.intractable" AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-care-complete" IS NOT DISTINCT FROM true))) AS "intractable-pain-no-bypass",
  ("prior_surgery.present" AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-care-complete" IS NOT DISTINCT FROM true))) AS "prior-surgery-no-exemption",
  ((CASE WHEN coalesce("pain.exacerbation", "pain.exacerbation.at_most") < 28 THEN true WHEN coalesce("pain.exacerbation", "pain.exacerbation.at_least") >= 28 THEN false END) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-care-complete" IS NOT DISTINCT FROM true))) AS "natural-history",
  ((CASE WHEN coalesce("pain.exacerbation", "pain.exacerbation.at_most") < 28 THEN true WHEN coalesce("pain.exacerbation", "pain.exacerbation.at_least") >= 28 THEN false END) AND (NOT ("red-flag-exception" IS NOT DISTINCT FROM true)) AND (NOT ("conservative-care-complete" IS NOT DISTINCT FROM true))) AS "acute-exacerbation",
  ("conservative-care-complete" AND "functional-disability" AND "prior-surgery-work-up") AS "planned-surgery-indicated",
  ("conservative-care-complete" AND "functional-disability" AND "prior-surgery-work-up-if-met") AS "planned-surgery-indicated-if-met",
FROM round_4),
round_6 AS (SELECT *,
  ("imaging-correlates" AND ("red-flag-exception" OR "planned-surgery-indicated")) AS "decision",
  ("imaging-correlates-if-met" AND ("red-flag-exception" OR "planned-surgery-indicated-if-met")) AS "decision-if-met",
FROM round_5),
settled AS (FROM round_6)
SELECT case_id, 'spine/thoracolumbar-decompression' AS policy, DATE '2025-01-01' AS effective, '808bb4b6167882ddf2cb42a316b1f4433c2a3392d33dc6329dc34d198b4083db' AS hash,
  CASE WHEN decision THEN 'medically_necessary'::outcome WHEN NOT decision THEN 'not_medically_necessary'::outcome WHEN "decision-if-met" THEN 'more_information'::outcome ELSE 'not_medically_necessary'::outcome END AS outcome,
  CASE WHEN "care-duration" THEN 'met'::status WHEN "care-duration" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.care-duration",
  CASE WHEN "progressive-deficit" THEN 'met'::status WHEN "progressive-deficit" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.progressive-deficit",
  CASE WHEN "cauda-equina" THEN 'met'::status WHEN "cauda-equina" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.cauda-equina",
  CASE WHEN "severe-weakness" THEN 'met'::status WHEN "severe-weakness" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.severe-weakness",
  CASE WHEN "myelopathy" THEN 'met'::status WHEN "myelopathy" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.myelopathy",
  CASE WHEN "conus-syndrome" THEN 'met'::status WHEN "conus-syndrome" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.conus-syndrome",
  CASE WHEN "tumour" THEN 'met'::status WHEN "tumour" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.tumour",
  CASE WHEN "infection" THEN 'met'::status WHEN "infection" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.infection",
  CASE WHEN "fracture" THEN 'met'::status WHEN "fracture" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.fracture",
  CASE WHEN "red-flag-exception" THEN 'met'::status WHEN "red-flag-exception" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.red-flag-exception",
  CASE WHEN "care-longer-than-sources-ask" THEN 'met'::status WHEN "care-longer-than-sources-ask" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.care-longer-than-sources-ask",
  CASE WHEN "therapy-completed" THEN 'met'::status WHEN "therapy-completed" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.therapy-completed",
  CASE WHEN "therapy-contraindicated" THEN 'met'::status WHEN "therapy-contraindicated" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.therapy-contraindicated",
  CASE WHEN "therapy-not-declined" THEN 'met'::status WHEN "therapy-not-declined" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.therapy-not-declined",
  CASE WHEN "therapy-refusal" THEN 'met'::status WHEN "therapy-refusal" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.therapy-refusal",
  CASE WHEN "neuropathic-agent" THEN 'met'::status WHEN "neuropathic-agent" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.neuropathic-agent",
  CASE WHEN "neuropathic-agent-evidence" THEN 'met'::status WHEN "neuropathic-agent-evidence" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.neuropathic-agent-evidence",
  CASE WHEN "epidural-considered" THEN 'met'::status WHEN "epidural-considered" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.epidural-considered",
  CASE WHEN "epidural-risk" THEN 'met'::status WHEN "epidural-risk" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.epidural-risk",
  CASE WHEN "physical-therapy" THEN 'met'::status WHEN "physical-therapy" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.physical-therapy",
  CASE WHEN "nsaid" THEN 'met'::status WHEN "nsaid" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.nsaid",
  CASE WHEN "analgesic" THEN 'met'::status WHEN "analgesic" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.analgesic",
  CASE WHEN "medication" THEN 'met'::status WHEN "medication" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.medication",
  CASE WHEN "activity-and-education" THEN 'met'::status WHEN "activity-and-education" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.activity-and-education",
  CASE WHEN "conservative-modalities" THEN 'met'::status WHEN "conservative-modalities" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.conservative-modalities",
  CASE WHEN "conservative-care-complete" THEN 'met'::status WHEN "conservative-care-complete" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.conservative-care-complete",
  CASE WHEN "intractable-pain-no-bypass" THEN 'met'::status WHEN "intractable-pain-no-bypass" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.intractable-pain-no-bypass",
  CASE WHEN "prior-surgery-no-exemption" THEN 'met'::status WHEN "prior-surgery-no-exemption" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.prior-surgery-no-exemption",
  CASE WHEN "imaging-record-incomplete" THEN 'met'::status WHEN "imaging-record-incomplete" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.imaging-record-incomplete",
  CASE WHEN "natural-history" THEN 'met'::status WHEN "natural-history" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.natural-history",
  CASE WHEN "level-outside-policy" THEN 'met'::status WHEN "level-outside-policy" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.level-outside-policy",
  CASE WHEN "functional-disability" THEN 'met'::status WHEN "functional-disability" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.functional-disability",
  CASE WHEN "imaging-alone" THEN 'met'::status WHEN "imaging-alone" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.imaging-alone",
  CASE WHEN "acute-exacerbation" THEN 'met'::status WHEN "acute-exacerbation" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.acute-exacerbation",
  CASE WHEN "intractable-pain-unrecorded" THEN 'met'::status WHEN "intractable-pain-unrecorded" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.intractable-pain-unrecorded",
  CASE WHEN "stay-is-separate" THEN 'met'::status WHEN "stay-is-separate" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.stay-is-separate",
  CASE WHEN "prior-surgery-work-up" THEN 'met'::status WHEN "prior-surgery-work-up" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.prior-surgery-work-up",
  CASE WHEN "planned-surgery-indicated" THEN 'met'::status WHEN "planned-surgery-indicated" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.planned-surgery-indicated",
  CASE WHEN "neurological-examination-recorded" THEN 'met'::status WHEN "neurological-examination-recorded" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.neurological-examination-recorded",
  CASE WHEN "neurological-examination-missing" THEN 'met'::status WHEN "neurological-examination-missing" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.neurological-examination-missing",
  CASE WHEN "psps-type-2" THEN 'met'::status WHEN "psps-type-2" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.psps-type-2",
  CASE WHEN "psps-not-established" THEN 'met'::status WHEN "psps-not-established" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.psps-not-established",
  CASE WHEN "prior-surgery-risk" THEN 'met'::status WHEN "prior-surgery-risk" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.prior-surgery-risk",
  CASE WHEN "rehabilitation-first" THEN 'met'::status WHEN "rehabilitation-first" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.rehabilitation-first",
  CASE WHEN "alternatives-to-repeat-surgery" THEN 'met'::status WHEN "alternatives-to-repeat-surgery" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.alternatives-to-repeat-surgery",
  CASE WHEN "imaging-matches-request" THEN 'met'::status WHEN "imaging-matches-request" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.imaging-matches-request",
  CASE WHEN "symptoms-match-side" THEN 'met'::status WHEN "symptoms-match-side" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.symptoms-match-side",
  CASE WHEN "symptoms-match-request" THEN 'met'::status WHEN "symptoms-match-request" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.symptoms-match-request",
  CASE WHEN "imaging-correlates" THEN 'met'::status WHEN "imaging-correlates" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.imaging-correlates",
  CASE WHEN "imaging-nonspecific" THEN 'met'::status WHEN "imaging-nonspecific" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.imaging-nonspecific",
  CASE WHEN "giant-or-calcified-disc" THEN 'met'::status WHEN "giant-or-calcified-disc" IS NULL THEN 'undocumented'::status ELSE 'not_met'::status END AS "rule.giant-or-calcified-disc"
FROM settled

-- Why a row is invalid, where it is:
-- CASE
--   WHEN "request_date" < DATE '2025-01-01' THEN 'request_date: early'
--   WHEN "request.level" NOT IN ('C0/C1', 'C1/C2', 'C2/C3', 'C3/C4', 'C4/C5', 'C5/C6', 'C6/C7', 'C7/T1', 'T1/T2', 'T2/T3', 'T3/T4', 'T4/T5', 'T5/T6', 'T6/T7', 'T7/T8', 'T8/T9', 'T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2', 'L2/L3', 'L3/L4', 'L4/L5', 'L5/S1') THEN 'request.level: among'
--   WHEN "request.side" NOT IN ('left', 'right', 'bilateral', 'midline') THEN 'request.side: among'
--   WHEN "request.setting" NOT IN ('inpatient', 'outpatient', 'ambulatory surgery center', 'office', 'home') THEN 'request.setting: among'
--   WHEN "patient.age" % 1 <> 0 THEN 'patient.age: part'
--   WHEN "patient.sex" NOT IN ('female', 'male', 'other') THEN 'patient.sex: among'
--   WHEN "pain.exacerbation" < 0 THEN 'pain.exacerbation: below'
--   WHEN "pain.exacerbation.at_least" < 0 THEN 'pain.exacerbation.at_least: below'
--   WHEN "pain.exacerbation.at_most" < 0 THEN 'pain.exacerbation.at_most: below'
--   WHEN ("pain.exacerbation.at_least" IS NOT NULL AND "pain.exacerbation" IS NOT NULL) THEN 'pain.exacerbation.at_least: beside'
--   WHEN ("pain.exacerbation.at_most" IS NOT NULL AND "pain.exacerbation" IS NOT NULL) THEN 'pain.exacerbation.at_most: beside'
--   WHEN "pain.exacerbation.at_least" > "pain.exacerbation.at_most" THEN 'pain.exacerbation.at_least: after'
--   WHEN "function.score" < 0 THEN 'function.score: below'
--   WHEN "function.score" > 100 THEN 'function.score: above'
--   WHEN "function.score.at_least" < 0 THEN 'function.score.at_least: below'
--   WHEN "function.score.at_least" > 100 THEN 'function.score.at_least: above'
--   WHEN "function.score.at_most" < 0 THEN 'function.score.at_most: below'
--   WHEN "function.score.at_most" > 100 THEN 'function.score.at_most: above'
--   WHEN ("function.score.at_least" IS NOT NULL AND "function.score" IS NOT NULL) THEN 'function.score.at_least: beside'
--   WHEN ("function.score.at_most" IS NOT NULL AND "function.score" IS NOT NULL) THEN 'function.score.at_most: beside'
--   WHEN "function.score.at_least" > "function.score.at_most" THEN 'function.score.at_least: after'
--   WHEN "care.months" < 0 THEN 'care.months: below'
--   WHEN "care.months.at_least" < 0 THEN 'care.months.at_least: below'
--   WHEN "care.months.at_most" < 0 THEN 'care.months.at_most: below'
--   WHEN ("care.months.at_least" IS NOT NULL AND "care.months" IS NOT NULL) THEN 'care.months.at_least: beside'
--   WHEN ("care.months.at_most" IS NOT NULL AND "care.months" IS NOT NULL) THEN 'care.months.at_most: beside'
--   WHEN "care.months.at_least" > "care.months.at_most" THEN 'care.months.at_least: after'
--   WHEN "care.length" < 0 THEN 'care.length: below'
--   WHEN "care.length.at_least" < 0 THEN 'care.length.at_least: below'
--   WHEN "care.length.at_most" < 0 THEN 'care.length.at_most: below'
--   WHEN ("care.length.at_least" IS NOT NULL AND "care.length" IS NOT NULL) THEN 'care.length.at_least: beside'
--   WHEN ("care.length.at_most" IS NOT NULL AND "care.length" IS NOT NULL) THEN 'care.length.at_most: beside'
--   WHEN "care.length.at_least" > "care.length.at_most" THEN 'care.length.at_least: after'
--   WHEN "physical_therapy.length" < 0 THEN 'physical_therapy.length: below'
--   WHEN "physical_therapy.length.at_least" < 0 THEN 'physical_therapy.length.at_least: below'
--   WHEN "physical_therapy.length.at_most" < 0 THEN 'physical_therapy.length.at_most: below'
--   WHEN ("physical_therapy.length.at_least" IS NOT NULL AND "physical_therapy.length" IS NOT NULL) THEN 'physical_therapy.length.at_least: beside'
--   WHEN ("physical_therapy.length.at_most" IS NOT NULL AND "physical_therapy.length" IS NOT NULL) THEN 'physical_therapy.length.at_most: beside'
--   WHEN "physical_therapy.length.at_least" > "physical_therapy.length.at_most" THEN 'physical_therapy.length.at_least: after'
--   WHEN "medication.neuropathic_trials" < 0 THEN 'medication.neuropathic_trials: below'
--   WHEN "medication.neuropathic_trials.at_least" < 0 THEN 'medication.neuropathic_trials.at_least: below'
--   WHEN "medication.neuropathic_trials.at_most" < 0 THEN 'medication.neuropathic_trials.at_most: below'
--   WHEN ("medication.neuropathic_trials.at_least" IS NOT NULL AND "medication.neuropathic_trials" IS NOT NULL) THEN 'medication.neuropathic_trials.at_least: beside'
--   WHEN ("medication.neuropathic_trials.at_most" IS NOT NULL AND "medication.neuropathic_trials" IS NOT NULL) THEN 'medication.neuropathic_trials.at_most: beside'
--   WHEN "medication.neuropathic_trials.at_least" > "medication.neuropathic_trials.at_most" THEN 'medication.neuropathic_trials.at_least: after'
--   WHEN "medication.nsaid_trials" < 0 THEN 'medication.nsaid_trials: below'
--   WHEN "medication.nsaid_trials.at_least" < 0 THEN 'medication.nsaid_trials.at_least: below'
--   WHEN "medication.nsaid_trials.at_most" < 0 THEN 'medication.nsaid_trials.at_most: below'
--   WHEN ("medication.nsaid_trials.at_least" IS NOT NULL AND "medication.nsaid_trials" IS NOT NULL) THEN 'medication.nsaid_trials.at_least: beside'
--   WHEN ("medication.nsaid_trials.at_most" IS NOT NULL AND "medication.nsaid_trials" IS NOT NULL) THEN 'medication.nsaid_trials.at_most: beside'
--   WHEN "medication.nsaid_trials.at_least" > "medication.nsaid_trials.at_most" THEN 'medication.nsaid_trials.at_least: after'
--   WHEN "medication.analgesic_trials" < 0 THEN 'medication.analgesic_trials: below'
--   WHEN "medication.analgesic_trials.at_least" < 0 THEN 'medication.analgesic_trials.at_least: below'
--   WHEN "medication.analgesic_trials.at_most" < 0 THEN 'medication.analgesic_trials.at_most: below'
--   WHEN ("medication.analgesic_trials.at_least" IS NOT NULL AND "medication.analgesic_trials" IS NOT NULL) THEN 'medication.analgesic_trials.at_least: beside'
--   WHEN ("medication.analgesic_trials.at_most" IS NOT NULL AND "medication.analgesic_trials" IS NOT NULL) THEN 'medication.analgesic_trials.at_most: beside'
--   WHEN "medication.analgesic_trials.at_least" > "medication.analgesic_trials.at_most" THEN 'medication.analgesic_trials.at_least: after'
--   WHEN NOT list_has_all(['neuropathic agent', 'NSAID', 'analgesic'], "medication.contraindicated") THEN 'medication.contraindicated: items'
--   WHEN "epidural.decision" NOT IN ('done', 'declined with reason', 'contraindicated', 'not considered') THEN 'epidural.decision: among'
--   WHEN "neuro.motor_grade" NOT IN ('0', '1', '2', '3', '4-', '4', '4+', '5') THEN 'neuro.motor_grade: among'
--   WHEN "prior_surgery.place" NOT IN ('same level', 'adjacent level', 'another level') THEN 'prior_surgery.place: among'
--   WHEN "prior_surgery.date" > "request_date" THEN 'prior_surgery.date: after'
--   WHEN "prior_surgery.date.at_least" > "request_date" THEN 'prior_surgery.date.at_least: after'
--   WHEN "prior_surgery.date.at_most" > "request_date" THEN 'prior_surgery.date.at_most: after'
--   WHEN ("prior_surgery.date.at_least" IS NOT NULL AND "prior_surgery.date" IS NOT NULL) THEN 'prior_surgery.date.at_least: beside'
--   WHEN ("prior_surgery.date.at_most" IS NOT NULL AND "prior_surgery.date" IS NOT NULL) THEN 'prior_surgery.date.at_most: beside'
--   WHEN "prior_surgery.date.at_least" > "prior_surgery.date.at_most" THEN 'prior_surgery.date.at_least: after'
--   WHEN "prior_surgery.cause" NOT IN ('new pathology', 'epidural fibrosis', 'arachnoiditis', 'adjacent segment disease', 'unclear') THEN 'prior_surgery.cause: among'
--   WHEN "pain.duration" < 0 THEN 'pain.duration: below'
--   WHEN "pain.duration.at_least" < 0 THEN 'pain.duration.at_least: below'
--   WHEN "pain.duration.at_most" < 0 THEN 'pain.duration.at_most: below'
--   WHEN ("pain.duration.at_least" IS NOT NULL AND "pain.duration" IS NOT NULL) THEN 'pain.duration.at_least: beside'
--   WHEN ("pain.duration.at_most" IS NOT NULL AND "pain.duration" IS NOT NULL) THEN 'pain.duration.at_most: beside'
--   WHEN "pain.duration.at_least" > "pain.duration.at_most" THEN 'pain.duration.at_least: after'
--   WHEN "imaging.level" NOT IN ('C0/C1', 'C1/C2', 'C2/C3', 'C3/C4', 'C4/C5', 'C5/C6', 'C6/C7', 'C7/T1', 'T1/T2', 'T2/T3', 'T3/T4', 'T4/T5', 'T5/T6', 'T6/T7', 'T7/T8', 'T8/T9', 'T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2', 'L2/L3', 'L3/L4', 'L4/L5', 'L5/S1') THEN 'imaging.level: among'
--   WHEN "imaging.side" NOT IN ('left', 'right', 'bilateral', 'midline') THEN 'imaging.side: among'
--   WHEN "imaging.canal_stenosis" NOT IN ('none', 'mild', 'moderate', 'severe') THEN 'imaging.canal_stenosis: among'
--   WHEN "imaging.foraminal_stenosis" NOT IN ('none', 'mild', 'moderate', 'severe') THEN 'imaging.foraminal_stenosis: among'
--   WHEN "imaging.date" > "request_date" THEN 'imaging.date: after'
--   WHEN "imaging.date.at_least" > "request_date" THEN 'imaging.date.at_least: after'
--   WHEN "imaging.date.at_most" > "request_date" THEN 'imaging.date.at_most: after'
--   WHEN ("imaging.date.at_least" IS NOT NULL AND "imaging.date" IS NOT NULL) THEN 'imaging.date.at_least: beside'
--   WHEN ("imaging.date.at_most" IS NOT NULL AND "imaging.date" IS NOT NULL) THEN 'imaging.date.at_most: beside'
--   WHEN "imaging.date.at_least" > "imaging.date.at_most" THEN 'imaging.date.at_least: after'
--   WHEN "symptoms.level" NOT IN ('C0/C1', 'C1/C2', 'C2/C3', 'C3/C4', 'C4/C5', 'C5/C6', 'C6/C7', 'C7/T1', 'T1/T2', 'T2/T3', 'T3/T4', 'T4/T5', 'T5/T6', 'T6/T7', 'T7/T8', 'T8/T9', 'T9/T10', 'T10/T11', 'T11/T12', 'T12/L1', 'L1/L2', 'L2/L3', 'L3/L4', 'L4/L5', 'L5/S1') THEN 'symptoms.level: among'
--   WHEN "symptoms.side" NOT IN ('left', 'right', 'bilateral', 'midline') THEN 'symptoms.side: among'
-- END
