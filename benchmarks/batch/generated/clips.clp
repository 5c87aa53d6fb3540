(deftemplate case
  (slot care_months_low)
  (slot care_months_high)
  (slot neuro_progressive_deficit)
  (slot neuro_cauda_equina)
  (slot neuro_motor_grade)
  (slot neuro_rapid_weakness)
  (slot neuro_myelopathy)
  (slot neuro_cord_signal_change)
  (slot neuro_conus_signs)
  (slot red_flags_tumour)
  (slot red_flags_infection)
  (slot red_flags_fracture)
  (slot care_length_low)
  (slot care_length_high)
  (slot physical_therapy_length_low)
  (slot physical_therapy_length_high)
  (slot physical_therapy_attendance_log)
  (slot physical_therapy_progress_notes)
  (slot physical_therapy_contraindicated)
  (slot physical_therapy_taken_up)
  (slot medication_neuropathic_trials_low)
  (slot medication_neuropathic_trials_high)
  (multislot medication_contraindicated)
  (slot epidural_decision)
  (slot request_level)
  (slot medication_nsaid_trials_low)
  (slot medication_nsaid_trials_high)
  (slot medication_analgesic_trials_low)
  (slot medication_analgesic_trials_high)
  (slot self_care_activity_modified)
  (slot self_care_education_followed)
  (slot pain_intractable)
  (slot prior_surgery_present)
  (slot imaging_level)
  (slot imaging_date_low)
  (slot imaging_date_high)
  (slot pain_exacerbation_low)
  (slot pain_exacerbation_high)
  (slot function_significant_disability)
  (slot request_setting)
  (slot prior_surgery_place)
  (slot prior_surgery_date_low)
  (slot prior_surgery_date_high)
  (slot request_date_low)
  (slot request_date_high)
  (slot prior_surgery_cause)
  (slot neuro_examination)
  (slot pain_duration_low)
  (slot pain_duration_high)
  (slot prior_surgery_behavioural_therapy)
  (slot prior_surgery_alternatives_considered)
  (slot imaging_side)
  (slot request_side)
  (slot symptoms_side)
  (slot symptoms_level)
  (slot imaging_giant_or_calcified_disc)
)

(defrule care-duration
  (case (care_months_low ?care_months_low) (care_months_high ?care_months_high))
  =>
  (assert (status care-duration (if (and (neq ?care_months_low nil) (>= ?care_months_low 3)) then 2 else (if (and (neq ?care_months_high nil) (< ?care_months_high 3)) then 0 else 1)))))

(defrule progressive-deficit
  (case (neuro_progressive_deficit ?neuro_progressive_deficit))
  =>
  (assert (status progressive-deficit (if (neq ?neuro_progressive_deficit nil) then (if (eq ?neuro_progressive_deficit TRUE) then 2 else 0) else 0))))

(defrule cauda-equina
  (case (neuro_cauda_equina ?neuro_cauda_equina))
  =>
  (assert (status cauda-equina (if (neq ?neuro_cauda_equina nil) then (if (eq ?neuro_cauda_equina TRUE) then 2 else 0) else 0))))

(defrule severe-weakness
  (case (neuro_motor_grade ?neuro_motor_grade) (neuro_rapid_weakness ?neuro_rapid_weakness))
  =>
  (assert (status severe-weakness (max (if (neq ?neuro_motor_grade nil) then (if (eq ?neuro_motor_grade "0") then 2 else (if (eq ?neuro_motor_grade "1") then 2 else (if (eq ?neuro_motor_grade "2") then 2 else (if (eq ?neuro_motor_grade "3") then 2 else 0)))) else 0) (if (neq ?neuro_rapid_weakness nil) then (if (eq ?neuro_rapid_weakness TRUE) then 2 else 0) else 0)))))

(defrule myelopathy
  (case (neuro_myelopathy ?neuro_myelopathy) (neuro_cord_signal_change ?neuro_cord_signal_change))
  =>
  (assert (status myelopathy (max (if (neq ?neuro_myelopathy nil) then (if (eq ?neuro_myelopathy TRUE) then 2 else 0) else 0) (if (neq ?neuro_cord_signal_change nil) then (if (eq ?neuro_cord_signal_change TRUE) then 2 else 0) else 0)))))

(defrule conus-syndrome
  (case (neuro_conus_signs ?neuro_conus_signs))
  =>
  (assert (status conus-syndrome (if (neq ?neuro_conus_signs nil) then (if (eq ?neuro_conus_signs TRUE) then 2 else 0) else 0))))

(defrule tumour
  (case (red_flags_tumour ?red_flags_tumour))
  =>
  (assert (status tumour (if (neq ?red_flags_tumour nil) then (if (eq ?red_flags_tumour TRUE) then 2 else 0) else 0))))

(defrule infection
  (case (red_flags_infection ?red_flags_infection))
  =>
  (assert (status infection (if (neq ?red_flags_infection nil) then (if (eq ?red_flags_infection TRUE) then 2 else 0) else 0))))

(defrule fracture
  (case (red_flags_fracture ?red_flags_fracture))
  =>
  (assert (status fracture (if (neq ?red_flags_fracture nil) then (if (eq ?red_flags_fracture TRUE) then 2 else 0) else 0))))

(defrule red-flag-exception
  (status progressive-deficit ?s_progressive_deficit)
  (status cauda-equina ?s_cauda_equina)
  (status severe-weakness ?s_severe_weakness)
  (status myelopathy ?s_myelopathy)
  (status conus-syndrome ?s_conus_syndrome)
  (status tumour ?s_tumour)
  (status infection ?s_infection)
  (status fracture ?s_fracture)
  =>
  (assert (status red-flag-exception (max ?s_progressive_deficit ?s_cauda_equina ?s_severe_weakness ?s_myelopathy ?s_conus_syndrome ?s_tumour ?s_infection ?s_fracture))))

(defrule care-longer-than-sources-ask
  (case (care_length_low ?care_length_low) (care_length_high ?care_length_high))
  (status care-duration ?s_care_duration)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status care-longer-than-sources-ask (min (if (and (neq ?care_length_low nil) (>= ?care_length_low 6)) then 2 else (if (and (neq ?care_length_high nil) (< ?care_length_high 6)) then 0 else 1)) (if (eq ?s_care_duration 0) then 2 else 0) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule therapy-completed
  (case (physical_therapy_length_low ?physical_therapy_length_low) (physical_therapy_length_high ?physical_therapy_length_high) (physical_therapy_attendance_log ?physical_therapy_attendance_log) (physical_therapy_progress_notes ?physical_therapy_progress_notes))
  =>
  (assert (status therapy-completed (min (if (and (neq ?physical_therapy_length_low nil) (>= ?physical_therapy_length_low 6)) then 2 else (if (and (neq ?physical_therapy_length_high nil) (< ?physical_therapy_length_high 6)) then 0 else 1)) (if (neq ?physical_therapy_attendance_log nil) then (if (eq ?physical_therapy_attendance_log TRUE) then 2 else 0) else 1) (if (neq ?physical_therapy_progress_notes nil) then (if (eq ?physical_therapy_progress_notes TRUE) then 2 else 0) else 1)))))

(defrule therapy-contraindicated
  (case (physical_therapy_contraindicated ?physical_therapy_contraindicated))
  =>
  (assert (status therapy-contraindicated (if (neq ?physical_therapy_contraindicated nil) then (if (eq ?physical_therapy_contraindicated TRUE) then 2 else 0) else 1))))

(defrule therapy-not-declined
  (case (physical_therapy_taken_up ?physical_therapy_taken_up))
  (status therapy-completed ?s_therapy_completed)
  (status therapy-contraindicated ?s_therapy_contraindicated)
  =>
  (assert (status therapy-not-declined (max (if (neq ?physical_therapy_taken_up nil) then (if (eq ?physical_therapy_taken_up TRUE) then 2 else 0) else 1) (if (neq ?physical_therapy_taken_up nil) then 0 else 2) (if (eq ?s_therapy_completed 2) then 2 else 0) (if (eq ?s_therapy_contraindicated 2) then 2 else 0)))))

(defrule therapy-refusal
  (status therapy-not-declined ?s_therapy_not_declined)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status therapy-refusal (min (- 2 ?s_therapy_not_declined) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule neuropathic-agent
  (case (medication_neuropathic_trials_low ?medication_neuropathic_trials_low) (medication_neuropathic_trials_high ?medication_neuropathic_trials_high) (medication_contraindicated $?medication_contraindicated))
  =>
  (assert (status neuropathic-agent (max (if (and (neq ?medication_neuropathic_trials_low nil) (>= ?medication_neuropathic_trials_low 1)) then 2 else (if (and (neq ?medication_neuropathic_trials_high nil) (< ?medication_neuropathic_trials_high 1)) then 0 else 1)) (min (if (neq (nth$ 1 ?medication_contraindicated) nil) then 2 else 0) (if (neq (nth$ 1 ?medication_contraindicated) nil) then (if (member$ "neuropathic agent" ?medication_contraindicated) then 2 else 0) else 1))))))

(defrule neuropathic-agent-evidence
  (status neuropathic-agent ?s_neuropathic_agent)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status neuropathic-agent-evidence (min (- 2 (if (eq ?s_neuropathic_agent 2) then 2 else 0)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule epidural-considered
  (case (epidural_decision ?epidural_decision))
  =>
  (assert (status epidural-considered (if (neq ?epidural_decision nil) then (if (eq ?epidural_decision "done") then 2 else (if (eq ?epidural_decision "declined with reason") then 2 else (if (eq ?epidural_decision "contraindicated") then 2 else 0))) else 1))))

(defrule epidural-risk
  (case (request_level ?request_level))
  (status epidural-considered ?s_epidural_considered)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status epidural-risk (min (if (neq ?request_level nil) then (if (eq ?request_level "T9/T10") then 2 else (if (eq ?request_level "T10/T11") then 2 else (if (eq ?request_level "T11/T12") then 2 else (if (eq ?request_level "T12/L1") then 2 else (if (eq ?request_level "L1/L2") then 2 else 0))))) else 1) (- 2 (if (eq ?s_epidural_considered 2) then 2 else 0)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule physical-therapy
  (status therapy-completed ?s_therapy_completed)
  (status therapy-contraindicated ?s_therapy_contraindicated)
  (status therapy-not-declined ?s_therapy_not_declined)
  =>
  (assert (status physical-therapy (min (max ?s_therapy_completed (if (eq ?s_therapy_contraindicated 2) then 2 else 0)) ?s_therapy_not_declined))))

(defrule nsaid
  (case (medication_nsaid_trials_low ?medication_nsaid_trials_low) (medication_nsaid_trials_high ?medication_nsaid_trials_high) (medication_contraindicated $?medication_contraindicated))
  =>
  (assert (status nsaid (max (if (and (neq ?medication_nsaid_trials_low nil) (>= ?medication_nsaid_trials_low 1)) then 2 else (if (and (neq ?medication_nsaid_trials_high nil) (< ?medication_nsaid_trials_high 1)) then 0 else 1)) (min (if (neq (nth$ 1 ?medication_contraindicated) nil) then 2 else 0) (if (neq (nth$ 1 ?medication_contraindicated) nil) then (if (member$ "NSAID" ?medication_contraindicated) then 2 else 0) else 1))))))

(defrule analgesic
  (case (medication_analgesic_trials_low ?medication_analgesic_trials_low) (medication_analgesic_trials_high ?medication_analgesic_trials_high) (medication_contraindicated $?medication_contraindicated))
  =>
  (assert (status analgesic (max (if (and (neq ?medication_analgesic_trials_low nil) (>= ?medication_analgesic_trials_low 1)) then 2 else (if (and (neq ?medication_analgesic_trials_high nil) (< ?medication_analgesic_trials_high 1)) then 0 else 1)) (min (if (neq (nth$ 1 ?medication_contraindicated) nil) then 2 else 0) (if (neq (nth$ 1 ?medication_contraindicated) nil) then (if (member$ "analgesic" ?medication_contraindicated) then 2 else 0) else 1))))))

(defrule medication
  (status neuropathic-agent ?s_neuropathic_agent)
  (status nsaid ?s_nsaid)
  (status analgesic ?s_analgesic)
  =>
  (assert (status medication (min ?s_neuropathic_agent ?s_nsaid ?s_analgesic))))

(defrule activity-and-education
  (case (self_care_activity_modified ?self_care_activity_modified) (self_care_education_followed ?self_care_education_followed))
  =>
  (assert (status activity-and-education (min (if (neq ?self_care_activity_modified nil) then (if (eq ?self_care_activity_modified TRUE) then 2 else 0) else 1) (if (neq ?self_care_education_followed nil) then (if (eq ?self_care_education_followed TRUE) then 2 else 0) else 1)))))

(defrule conservative-modalities
  (status physical-therapy ?s_physical_therapy)
  (status medication ?s_medication)
  (status epidural-considered ?s_epidural_considered)
  (status activity-and-education ?s_activity_and_education)
  =>
  (assert (status conservative-modalities (min ?s_physical_therapy ?s_medication ?s_epidural_considered ?s_activity_and_education))))

(defrule conservative-care-complete
  (status care-duration ?s_care_duration)
  (status conservative-modalities ?s_conservative_modalities)
  =>
  (assert (status conservative-care-complete (min ?s_care_duration ?s_conservative_modalities))))

(defrule intractable-pain-no-bypass
  (case (pain_intractable ?pain_intractable))
  (status red-flag-exception ?s_red_flag_exception)
  (status conservative-care-complete ?s_conservative_care_complete)
  =>
  (assert (status intractable-pain-no-bypass (min (if (neq ?pain_intractable nil) then (if (eq ?pain_intractable TRUE) then 2 else 0) else 1) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_care_complete 2) then 2 else 0))))))

(defrule prior-surgery-no-exemption
  (case (prior_surgery_present ?prior_surgery_present))
  (status red-flag-exception ?s_red_flag_exception)
  (status conservative-care-complete ?s_conservative_care_complete)
  =>
  (assert (status prior-surgery-no-exemption (min (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_care_complete 2) then 2 else 0))))))

(defrule imaging-record-incomplete
  (case (imaging_level ?imaging_level) (imaging_date_low ?imaging_date_low) (imaging_date_high ?imaging_date_high) (neuro_cord_signal_change ?neuro_cord_signal_change))
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status imaging-record-incomplete (min (if (neq ?imaging_level nil) then 2 else 0) (max (if (neq ?imaging_date_high nil) then 0 else (if (neq ?imaging_date_low nil) then 0 else 2)) (if (neq ?neuro_cord_signal_change nil) then 0 else 2)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule natural-history
  (case (pain_exacerbation_low ?pain_exacerbation_low) (pain_exacerbation_high ?pain_exacerbation_high))
  (status red-flag-exception ?s_red_flag_exception)
  (status conservative-care-complete ?s_conservative_care_complete)
  =>
  (assert (status natural-history (min (if (and (neq ?pain_exacerbation_high nil) (< ?pain_exacerbation_high 28)) then 2 else (if (and (neq ?pain_exacerbation_low nil) (>= ?pain_exacerbation_low 28)) then 0 else 1)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_care_complete 2) then 2 else 0))))))

(defrule level-outside-policy
  (case (request_level ?request_level))
  =>
  (assert (status level-outside-policy (if (neq ?request_level nil) then (if (eq ?request_level "T9/T10") then 0 else (if (eq ?request_level "T10/T11") then 0 else (if (eq ?request_level "T11/T12") then 0 else (if (eq ?request_level "T12/L1") then 0 else (if (eq ?request_level "L1/L2") then 0 else 2))))) else 1))))

(defrule functional-disability
  (case (function_significant_disability ?function_significant_disability))
  =>
  (assert (status functional-disability (if (neq ?function_significant_disability nil) then (if (eq ?function_significant_disability TRUE) then 2 else 0) else 1))))

(defrule imaging-alone
  (case (imaging_level ?imaging_level))
  (status red-flag-exception ?s_red_flag_exception)
  (status care-duration ?s_care_duration)
  (status conservative-modalities ?s_conservative_modalities)
  =>
  (assert (status imaging-alone (min (if (neq ?imaging_level nil) then 2 else 0) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_care_duration 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_modalities 2) then 2 else 0))))))

(defrule acute-exacerbation
  (case (pain_exacerbation_low ?pain_exacerbation_low) (pain_exacerbation_high ?pain_exacerbation_high))
  (status red-flag-exception ?s_red_flag_exception)
  (status conservative-care-complete ?s_conservative_care_complete)
  =>
  (assert (status acute-exacerbation (min (if (and (neq ?pain_exacerbation_high nil) (< ?pain_exacerbation_high 28)) then 2 else (if (and (neq ?pain_exacerbation_low nil) (>= ?pain_exacerbation_low 28)) then 0 else 1)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_care_complete 2) then 2 else 0))))))

(defrule intractable-pain-unrecorded
  (case (pain_intractable ?pain_intractable))
  (status red-flag-exception ?s_red_flag_exception)
  (status conservative-modalities ?s_conservative_modalities)
  =>
  (assert (status intractable-pain-unrecorded (min (if (neq ?pain_intractable nil) then (if (eq ?pain_intractable TRUE) then 2 else 0) else 1) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0)) (- 2 (if (eq ?s_conservative_modalities 2) then 2 else 0))))))

(defrule stay-is-separate
  (case (request_setting ?request_setting))
  =>
  (assert (status stay-is-separate (if (neq ?request_setting nil) then (if (eq ?request_setting "inpatient") then 2 else 0) else 1))))

(defrule prior-surgery-work-up
  (case (prior_surgery_present ?prior_surgery_present) (prior_surgery_place ?prior_surgery_place) (prior_surgery_date_low ?prior_surgery_date_low) (prior_surgery_date_high ?prior_surgery_date_high) (request_date_low ?request_date_low) (request_date_high ?request_date_high) (prior_surgery_cause ?prior_surgery_cause))
  =>
  (assert (status prior-surgery-work-up (max (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present FALSE) then 2 else 0) else 1) (min (if (neq ?prior_surgery_place nil) then (if (eq ?prior_surgery_place "same level") then 2 else (if (eq ?prior_surgery_place "adjacent level") then 2 else (if (eq ?prior_surgery_place "another level") then 2 else 0))) else 1) (if (and (neq ?prior_surgery_date_high nil) (neq ?request_date_low nil) (<= ?prior_surgery_date_high ?request_date_low)) then 2 else (if (and (neq ?prior_surgery_date_low nil) (neq ?request_date_high nil) (> ?prior_surgery_date_low ?request_date_high)) then 0 else 1)) (if (neq ?prior_surgery_cause nil) then (if (eq ?prior_surgery_cause "new pathology") then 2 else (if (eq ?prior_surgery_cause "epidural fibrosis") then 2 else (if (eq ?prior_surgery_cause "arachnoiditis") then 2 else (if (eq ?prior_surgery_cause "adjacent segment disease") then 2 else 0)))) else 1))))))

(defrule planned-surgery-indicated
  (status conservative-care-complete ?s_conservative_care_complete)
  (status functional-disability ?s_functional_disability)
  (status prior-surgery-work-up ?s_prior_surgery_work_up)
  =>
  (assert (status planned-surgery-indicated (min ?s_conservative_care_complete ?s_functional_disability ?s_prior_surgery_work_up))))

(defrule neurological-examination-recorded
  (case (neuro_examination ?neuro_examination))
  =>
  (assert (status neurological-examination-recorded (if (neq ?neuro_examination nil) then (if (eq ?neuro_examination TRUE) then 2 else 0) else 1))))

(defrule neurological-examination-missing
  (case (request_level ?request_level))
  (status neurological-examination-recorded ?s_neurological_examination_recorded)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status neurological-examination-missing (min (max (if (neq ?request_level nil) then (if (eq ?request_level "T9/T10") then 2 else (if (eq ?request_level "T10/T11") then 2 else (if (eq ?request_level "T11/T12") then 2 else (if (eq ?request_level "T12/L1") then 2 else (if (eq ?request_level "L1/L2") then 2 else 0))))) else 1) (if (neq ?request_level nil) then 0 else 2)) (- 2 (if (eq ?s_neurological_examination_recorded 2) then 2 else 0)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule psps-type-2
  (case (prior_surgery_present ?prior_surgery_present) (pain_duration_low ?pain_duration_low) (pain_duration_high ?pain_duration_high))
  =>
  (assert (status psps-type-2 (min (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1) (if (and (neq ?pain_duration_low nil) (> ?pain_duration_low 12)) then 2 else (if (and (neq ?pain_duration_high nil) (<= ?pain_duration_high 12)) then 0 else 1))))))

(defrule psps-not-established
  (case (prior_surgery_present ?prior_surgery_present))
  (status psps-type-2 ?s_psps_type_2)
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status psps-not-established (min (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1) (- 2 (if (eq ?s_psps_type_2 2) then 2 else 0)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule prior-surgery-risk
  (case (prior_surgery_present ?prior_surgery_present))
  =>
  (assert (status prior-surgery-risk (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1))))

(defrule rehabilitation-first
  (case (prior_surgery_present ?prior_surgery_present) (prior_surgery_behavioural_therapy ?prior_surgery_behavioural_therapy))
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status rehabilitation-first (min (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1) (max (if (neq ?prior_surgery_behavioural_therapy nil) then 0 else 2) (if (neq ?prior_surgery_behavioural_therapy nil) then (if (eq ?prior_surgery_behavioural_therapy FALSE) then 2 else 0) else 1)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule alternatives-to-repeat-surgery
  (case (prior_surgery_present ?prior_surgery_present) (prior_surgery_alternatives_considered ?prior_surgery_alternatives_considered))
  (status red-flag-exception ?s_red_flag_exception)
  =>
  (assert (status alternatives-to-repeat-surgery (min (if (neq ?prior_surgery_present nil) then (if (eq ?prior_surgery_present TRUE) then 2 else 0) else 1) (max (if (neq ?prior_surgery_alternatives_considered nil) then 0 else 2) (if (neq ?prior_surgery_alternatives_considered nil) then (if (eq ?prior_surgery_alternatives_considered FALSE) then 2 else 0) else 1)) (- 2 (if (eq ?s_red_flag_exception 2) then 2 else 0))))))

(defrule imaging-matches-request
  (case (imaging_level ?imaging_level) (request_level ?request_level) (imaging_side ?imaging_side) (request_side ?request_side))
  =>
  (assert (status imaging-matches-request (min (if (and (neq ?imaging_level nil) (neq ?request_level nil)) then (if (eq ?imaging_level ?request_level) then 2 else 0) else 1) (max (if (and (neq ?imaging_side nil) (neq ?request_side nil)) then (if (eq ?imaging_side ?request_side) then 2 else 0) else 1) (if (neq ?imaging_side nil) then (if (eq ?imaging_side "bilateral") then 2 else (if (eq ?imaging_side "midline") then 2 else 0)) else 1))))))

(defrule symptoms-match-side
  (case (symptoms_side ?symptoms_side) (request_side ?request_side))
  =>
  (assert (status symptoms-match-side (max (if (and (neq ?symptoms_side nil) (neq ?request_side nil)) then (if (eq ?symptoms_side ?request_side) then 2 else 0) else 1) (if (neq ?symptoms_side nil) then (if (eq ?symptoms_side "bilateral") then 2 else 0) else 1) (min (if (neq ?request_side nil) then (if (eq ?request_side "midline") then 2 else 0) else 1) (if (neq ?symptoms_side nil) then (if (eq ?symptoms_side "left") then 2 else (if (eq ?symptoms_side "right") then 2 else 0)) else 1))))))

(defrule symptoms-match-request
  (case (symptoms_level ?symptoms_level) (request_level ?request_level))
  (status symptoms-match-side ?s_symptoms_match_side)
  =>
  (assert (status symptoms-match-request (min (if (and (neq ?symptoms_level nil) (neq ?request_level nil)) then (if (eq ?symptoms_level ?request_level) then 2 else 0) else 1) ?s_symptoms_match_side))))

(defrule imaging-correlates
  (status imaging-matches-request ?s_imaging_matches_request)
  (status symptoms-match-request ?s_symptoms_match_request)
  =>
  (assert (status imaging-correlates (min ?s_imaging_matches_request ?s_symptoms_match_request))))

(defrule imaging-nonspecific
  (case (imaging_level ?imaging_level))
  (status imaging-correlates ?s_imaging_correlates)
  =>
  (assert (status imaging-nonspecific (min (if (neq ?imaging_level nil) then 2 else 0) (- 2 (if (eq ?s_imaging_correlates 2) then 2 else 0))))))

(defrule giant-or-calcified-disc
  (case (imaging_giant_or_calcified_disc ?imaging_giant_or_calcified_disc))
  =>
  (assert (status giant-or-calcified-disc (if (neq ?imaging_giant_or_calcified_disc nil) then (if (eq ?imaging_giant_or_calcified_disc TRUE) then 2 else 0) else 1))))

(defrule decision
  (status imaging-correlates ?s_imaging_correlates)
  (status red-flag-exception ?s_red_flag_exception)
  (status planned-surgery-indicated ?s_planned_surgery_indicated)
  =>
  (assert (status decision (min ?s_imaging_correlates (max ?s_red_flag_exception ?s_planned_surgery_indicated)))))

(defrule prior-surgery-work-up-if-met
  (status prior-surgery-work-up ?s_prior_surgery_work_up)
  =>
  (assert (status prior-surgery-work-up-if-met (if (eq ?s_prior_surgery_work_up 1) then 2 else ?s_prior_surgery_work_up))))

(defrule planned-surgery-indicated-if-met
  (status conservative-care-complete ?s_conservative_care_complete)
  (status functional-disability ?s_functional_disability)
  (status prior-surgery-work-up-if-met ?s_prior_surgery_work_up_if_met)
  =>
  (assert (status planned-surgery-indicated-if-met (min ?s_conservative_care_complete ?s_functional_disability ?s_prior_surgery_work_up_if_met))))

(defrule imaging-correlates-if-met
  (status imaging-correlates ?s_imaging_correlates)
  =>
  (assert (status imaging-correlates-if-met (if (eq ?s_imaging_correlates 1) then 2 else ?s_imaging_correlates))))

(defrule decision-if-met
  (status imaging-correlates-if-met ?s_imaging_correlates_if_met)
  (status red-flag-exception ?s_red_flag_exception)
  (status planned-surgery-indicated-if-met ?s_planned_surgery_indicated_if_met)
  =>
  (assert (status decision-if-met (min ?s_imaging_correlates_if_met (max ?s_red_flag_exception ?s_planned_surgery_indicated_if_met)))))
