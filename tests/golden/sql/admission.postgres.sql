-- admission/inpatient@2025-01-01, hash 5e700d7ad4b5f4ea182585e3e2f02d370b1658d1a062c6da27d98707347ef725
-- requests from 2025-01-01 to any later day
--
-- One row a case out of the table `cases`, which has these columns, NULL where something is undocumented:
--   case_id text
--   request_date date
--   request__level text
--   request__side text
--   request__setting text
--   patient__age double precision
--   patient__age___at_least double precision
--   patient__age___at_most double precision
--   patient__sex text
--   stay__expected_midnights double precision
--   stay__expected_midnights___at_least double precision
--   stay__expected_midnights___at_most double precision
--   stay__need_documented boolean
--   stay__acute_bronchitis boolean
--
-- Inside, these are the statuses of the rules: true is met, false not met, NULL undocumented.
--   s_0 two-midnights
--   s_1 documented-need
--   s_2 bronchitis-usually-outpatient
--   s_3 expected-stay-missing
--   s_4 stay-does-not-carry-surgery
WITH step_1 AS MATERIALIZED (
  SELECT
    "case_id",
    "request_date",
    "request__level",
    "request__side",
    "request__setting",
    "patient__age",
    "patient__age___at_least",
    "patient__age___at_most",
    "patient__sex",
    "stay__expected_midnights",
    "stay__expected_midnights___at_least",
    "stay__expected_midnights___at_most",
    "stay__need_documented",
    "stay__acute_bronchitis"
  FROM "cases"
), step_2 AS MATERIALIZED (
  SELECT
    "case_id",
    "request__setting",
    "stay__expected_midnights",
    "stay__expected_midnights___at_least",
    "stay__expected_midnights___at_most",
    "stay__need_documented",
    "stay__acute_bronchitis",
    CASE
      WHEN COALESCE("request_date" IS NULL, FALSE)
      THEN '`request_date` is missing'
      WHEN COALESCE("request_date" < MAKE_DATE(2025, 1, 1), FALSE)
      THEN 'this version is not in force on `request_date`'
      WHEN COALESCE((
        "case_id" IS NULL
      ) OR (
        "case_id" = ''
      ), FALSE)
      THEN '`case_id` is missing'
      WHEN COALESCE("request_date" IS NULL, FALSE)
      THEN '`request_date` is missing'
      WHEN COALESCE(
        NOT (
          "request_date" BETWEEN MAKE_DATE(1900, 1, 1) AND MAKE_DATE(2199, 12, 31)
        ),
        FALSE
      )
      THEN '`request_date` is not between 1900 and 2199'
      WHEN COALESCE(
        NOT (
          "request__level" IN (
            'C0/C1',
            'C1/C2',
            'C2/C3',
            'C3/C4',
            'C4/C5',
            'C5/C6',
            'C6/C7',
            'C7/T1',
            'T1/T2',
            'T2/T3',
            'T3/T4',
            'T4/T5',
            'T5/T6',
            'T6/T7',
            'T7/T8',
            'T8/T9',
            'T9/T10',
            'T10/T11',
            'T11/T12',
            'T12/L1',
            'L1/L2',
            'L2/L3',
            'L3/L4',
            'L4/L5',
            'L5/S1'
          )
        ),
        FALSE
      )
      THEN '`request.level` is not one of its choices'
      WHEN COALESCE(
        NOT (
          (
            "request__side" = 'left'
          )
          OR (
            "request__side" = 'right'
          )
          OR (
            "request__side" = 'bilateral'
          )
          OR (
            "request__side" = 'midline'
          )
        ),
        FALSE
      )
      THEN '`request.side` is not one of its choices'
      WHEN COALESCE(
        NOT (
          (
            "request__setting" = 'inpatient'
          )
          OR (
            "request__setting" = 'outpatient'
          )
          OR (
            "request__setting" = 'ambulatory surgery center'
          )
          OR (
            "request__setting" = 'office'
          )
          OR (
            "request__setting" = 'home'
          )
        ),
        FALSE
      )
      THEN '`request.setting` is not one of its choices'
      WHEN COALESCE(
        NOT (
          (
            "patient__age" >= -1000000000.0
          ) AND (
            "patient__age" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`patient.age` is not a number that a case can have'
      WHEN COALESCE(
        CASE
          WHEN (
            "patient__age" >= -1000000000.0
          ) AND (
            "patient__age" <= 1000000000.0
          )
          THEN "patient__age"
          ELSE 0.0
        END <> CAST(FLOOR(
          CASE
            WHEN (
              "patient__age" >= -1000000000.0
            ) AND (
              "patient__age" <= 1000000000.0
            )
            THEN "patient__age"
            ELSE 0.0
          END
        ) AS BIGINT),
        FALSE
      )
      THEN '`patient.age` is not a whole number of years'
      WHEN COALESCE(
        NOT (
          (
            "patient__age___at_least" >= -1000000000.0
          )
          AND (
            "patient__age___at_least" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`patient.age.at_least` is not a number that a case can have'
      WHEN COALESCE(
        CASE
          WHEN (
            "patient__age___at_least" >= -1000000000.0
          )
          AND (
            "patient__age___at_least" <= 1000000000.0
          )
          THEN "patient__age___at_least"
          ELSE 0.0
        END <> CAST(FLOOR(
          CASE
            WHEN (
              "patient__age___at_least" >= -1000000000.0
            )
            AND (
              "patient__age___at_least" <= 1000000000.0
            )
            THEN "patient__age___at_least"
            ELSE 0.0
          END
        ) AS BIGINT),
        FALSE
      )
      THEN '`patient.age.at_least` is not a whole number of years'
      WHEN COALESCE(
        NOT (
          (
            "patient__age___at_most" >= -1000000000.0
          )
          AND (
            "patient__age___at_most" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`patient.age.at_most` is not a number that a case can have'
      WHEN COALESCE(
        CASE
          WHEN (
            "patient__age___at_most" >= -1000000000.0
          )
          AND (
            "patient__age___at_most" <= 1000000000.0
          )
          THEN "patient__age___at_most"
          ELSE 0.0
        END <> CAST(FLOOR(
          CASE
            WHEN (
              "patient__age___at_most" >= -1000000000.0
            )
            AND (
              "patient__age___at_most" <= 1000000000.0
            )
            THEN "patient__age___at_most"
            ELSE 0.0
          END
        ) AS BIGINT),
        FALSE
      )
      THEN '`patient.age.at_most` is not a whole number of years'
      WHEN COALESCE(
        (
          "patient__age" IS NOT NULL
        ) AND (
          "patient__age___at_least" IS NOT NULL
        ),
        FALSE
      )
      THEN '`patient.age` has a value and a bound beside it'
      WHEN COALESCE(
        (
          "patient__age" IS NOT NULL
        ) AND (
          "patient__age___at_most" IS NOT NULL
        ),
        FALSE
      )
      THEN '`patient.age` has a value and a bound beside it'
      WHEN COALESCE("patient__age___at_least" > "patient__age___at_most", FALSE)
      THEN 'the range of `patient.age` ends before it begins'
      WHEN COALESCE(
        NOT (
          (
            "patient__sex" = 'female'
          )
          OR (
            "patient__sex" = 'male'
          )
          OR (
            "patient__sex" = 'other'
          )
        ),
        FALSE
      )
      THEN '`patient.sex` is not one of its choices'
      WHEN COALESCE(
        NOT (
          (
            "stay__expected_midnights" >= 0.0
          )
          AND (
            "stay__expected_midnights" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`stay.expected_midnights` is not at least 0 midnights'
      WHEN COALESCE(
        NOT (
          (
            "stay__expected_midnights___at_least" >= 0.0
          )
          AND (
            "stay__expected_midnights___at_least" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`stay.expected_midnights.at_least` is not at least 0 midnights'
      WHEN COALESCE(
        NOT (
          (
            "stay__expected_midnights___at_most" >= 0.0
          )
          AND (
            "stay__expected_midnights___at_most" <= 1000000000.0
          )
        ),
        FALSE
      )
      THEN '`stay.expected_midnights.at_most` is not at least 0 midnights'
      WHEN COALESCE(
        (
          "stay__expected_midnights" IS NOT NULL
        )
        AND (
          "stay__expected_midnights___at_least" IS NOT NULL
        ),
        FALSE
      )
      THEN '`stay.expected_midnights` has a value and a bound beside it'
      WHEN COALESCE(
        (
          "stay__expected_midnights" IS NOT NULL
        )
        AND (
          "stay__expected_midnights___at_most" IS NOT NULL
        ),
        FALSE
      )
      THEN '`stay.expected_midnights` has a value and a bound beside it'
      WHEN COALESCE(
        "stay__expected_midnights___at_least" > "stay__expected_midnights___at_most",
        FALSE
      )
      THEN 'the range of `stay.expected_midnights` ends before it begins'
      ELSE CAST(NULL AS VARCHAR)
    END AS "reason"
  FROM step_1
), step_3 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    CASE
      WHEN COALESCE(
        COALESCE("stay__expected_midnights", "stay__expected_midnights___at_least") >= 2.0,
        FALSE
      )
      THEN TRUE
      WHEN COALESCE(
        COALESCE("stay__expected_midnights", "stay__expected_midnights___at_most") < 2.0,
        FALSE
      )
      THEN FALSE
      ELSE CAST(NULL AS BOOLEAN)
    END AS "c_0",
    "stay__need_documented" AS "c_1",
    "stay__acute_bronchitis" AS "c_2",
    NOT (
      (
        "stay__expected_midnights" IS NOT NULL
      )
      OR (
        "stay__expected_midnights___at_least" IS NOT NULL
      )
      OR (
        "stay__expected_midnights___at_most" IS NOT NULL
      )
    ) AS "c_3",
    "request__setting" = 'inpatient' AS "c_4"
  FROM step_2
), step_4 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    "c_3",
    "c_0" AS "s_0",
    "c_1" AS "s_1",
    "c_2" AS "s_2",
    "c_4" AS "s_4"
  FROM step_3
), step_5 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    "s_0",
    "s_1",
    "s_2",
    "s_4",
    "c_3" AND "s_1" AS "s_3"
  FROM step_4
), step_6 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    "s_0",
    "s_1",
    "s_2",
    "s_4",
    "s_3",
    "s_0" OR "s_1" AS "decision_",
    CASE
      WHEN COALESCE("s_0" OR "s_1", FALSE)
      THEN 0
      ELSE LEAST(
        CASE WHEN COALESCE("s_0", FALSE) THEN 0 ELSE 281474976710657 END,
        CASE WHEN COALESCE("s_1", FALSE) THEN 0 ELSE 281474976710658 END
      )
    END AS "remedy_"
  FROM step_5
), step_7 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    "s_0",
    "s_1",
    "s_2",
    "s_4",
    "s_3",
    "remedy_",
    CASE
      WHEN COALESCE("decision_", FALSE)
      THEN 'medically_necessary'
      WHEN COALESCE(NOT (
        "decision_"
      ), FALSE)
      THEN 'not_medically_necessary'
      ELSE 'more_information'
    END AS "outcome"
  FROM step_6
), step_8 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    "s_0",
    "s_1",
    "s_2",
    "s_4",
    "s_3",
    "remedy_",
    "outcome",
    (
      NOT (
        COALESCE("s_0" OR "s_1", FALSE)
      )
      OR NOT (
        NOT (
          COALESCE("s_0", FALSE)
        )
      )
    )
    AND NOT (
      COALESCE("s_0", FALSE)
    ) AS "d_0",
    (
      NOT (
        COALESCE("s_0" OR "s_1", FALSE)
      )
      OR NOT (
        NOT (
          COALESCE("s_1", FALSE)
        )
      )
    )
    AND NOT (
      COALESCE("s_1", FALSE)
    ) AS "d_1"
  FROM step_7
), step_9 AS MATERIALIZED (
  SELECT
    "case_id",
    "reason",
    CASE WHEN "reason" IS NULL THEN "outcome" ELSE NULL END AS "outcome",
    CASE WHEN "reason" IS NULL THEN 'admission/inpatient' ELSE NULL END AS "policy",
    CASE WHEN "reason" IS NULL THEN MAKE_DATE(2025, 1, 1) ELSE NULL END AS "effective",
    CASE
      WHEN "reason" IS NULL
      THEN '5e700d7ad4b5f4ea182585e3e2f02d370b1658d1a062c6da27d98707347ef725'
      ELSE NULL
    END AS "hash",
    CASE
      WHEN "reason" IS NULL
      THEN CASE WHEN "s_0" THEN 'met' WHEN "s_0" IS NULL THEN 'undocumented' ELSE 'not_met' END
      ELSE NULL
    END AS "rule__two_midnights",
    CASE
      WHEN "reason" IS NULL
      THEN CASE WHEN "s_1" THEN 'met' WHEN "s_1" IS NULL THEN 'undocumented' ELSE 'not_met' END
      ELSE NULL
    END AS "rule__documented_need",
    CASE
      WHEN "reason" IS NULL
      THEN CASE WHEN "s_2" THEN 'met' WHEN "s_2" IS NULL THEN 'undocumented' ELSE 'not_met' END
      ELSE NULL
    END AS "rule__bronchitis_usually_outpatient",
    CASE
      WHEN "reason" IS NULL
      THEN CASE WHEN "s_3" THEN 'met' WHEN "s_3" IS NULL THEN 'undocumented' ELSE 'not_met' END
      ELSE NULL
    END AS "rule__expected_stay_missing",
    CASE
      WHEN "reason" IS NULL
      THEN CASE WHEN "s_4" THEN 'met' WHEN "s_4" IS NULL THEN 'undocumented' ELSE 'not_met' END
      ELSE NULL
    END AS "rule__stay_does_not_carry_surgery",
    CASE
      WHEN "reason" IS NULL
      THEN NULLIF(
        SUBSTRING(CASE WHEN "d_0" THEN ';two-midnights' ELSE '' END || CASE WHEN "d_1" THEN ';documented-need' ELSE '' END FROM 2),
        ''
      )
      ELSE NULL
    END AS "deficiencies",
    CASE
      WHEN "reason" IS NULL
      THEN CASE
        WHEN "remedy_" < 1152921504606846976
        THEN NULLIF(
          SUBSTRING(CASE WHEN (
            "remedy_" & 1
          ) <> 0 THEN ';two-midnights' ELSE '' END || CASE WHEN (
            "remedy_" & 2
          ) <> 0 THEN ';documented-need' ELSE '' END FROM 2),
          ''
        )
        ELSE CAST(NULL AS VARCHAR)
      END
      ELSE NULL
    END AS "remedy"
  FROM step_8
)
SELECT
  "case_id",
  "policy",
  "effective",
  "hash",
  "outcome",
  "rule__two_midnights",
  "rule__documented_need",
  "rule__bronchitis_usually_outpatient",
  "rule__expected_stay_missing",
  "rule__stay_does_not_carry_surgery",
  "deficiencies",
  "remedy",
  "reason"
FROM step_9
