/**
 * The controls of one fact on the page: what is typed into them, and values written into them.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Value} Value
 * @typedef {import("./entries.js").Entry} Entry
 * @typedef {{fact: Fact, element: HTMLElement, read: (today: bigint | null) => Entry,
 *   write: (value: Value | null) => void}} Control
 */

import {writeDay} from "./days.js";
import {pick, show} from "./elements.js";
import {NOTHING_TYPED, ageEntry, codesEntry, dateEntry, numberEntry, textEntry, typedOf} from "./entries.js";
import {isInterval} from "./evaluate.js";
import {SCALE} from "./numbers.js";

/**
 * @param {HTMLElement} element
 * @param {Fact} fact
 * @returns {Control}
 */
export function controlOf(element, fact) {
  const made = MAKERS[element.dataset.kind ?? ""];
  return {fact, element, ...made(element, fact)};
}

/**
 * Shows what is wrong with an answer beside it.
 *
 * @param {Control} control
 * @param {string} error
 */
export function tell(control, error) {
  show(pick(control.element, ".nc-error", HTMLElement), error);
  control.element.classList.toggle("nc-wrong", error !== "");
  for (const input of control.element.querySelectorAll("input:not([type=radio]):not([type=checkbox]), select")) {
    if (error === "") input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
}

/** @typedef {Pick<Control, "read" | "write">} Made */

/** @type {Record<string, (element: HTMLElement, fact: Fact) => Made>} */
const MAKERS = {
  boolean: radios,
  number: (element, fact) => bounds(element, fact),
  date: (element, fact) => bounds(element, fact),
  set: ticks,
  codes,
  choice: (element) => {
    const select = pick(element, "select", HTMLSelectElement);
    return {
      read: () => textEntry(select.value),
      write: (value) => {
        select.value = typeof value === "string" ? value : "";
      },
    };
  },
  text: (element) => {
    const input = pick(element, "input", HTMLInputElement);
    return {
      read: () => textEntry(input.value),
      write: (value) => {
        input.value = typeof value === "string" ? value : "";
      },
    };
  },
  age: (element) => {
    const input = pick(element, "input", HTMLInputElement);
    return {
      read: () => ageEntry(input.value),
      write: (value) => {
        input.value = value !== null && isInterval(value) ? String((value.low ?? 0n) / SCALE) : "";
      },
    };
  },
  day: (element) => {
    const input = pick(element, "input", HTMLInputElement);
    return {
      read: () => (input.validity.badInput ? UNFINISHED : dateEntry({how: "exactly", first: input.value, last: ""}, null)),
      write: (value) => {
        input.value = value !== null && isInterval(value) && value.low !== null ? writeDay(value.low) : "";
      },
    };
  },
};

/** @type {Entry} */
const UNFINISHED = Object.freeze({value: null, error: "Write the day, the month and the year."});

/** @param {HTMLElement} element @returns {Made} */
function radios(element) {
  const options = [...element.querySelectorAll("input")];
  return {
    read: () => {
      const chosen = options.find((option) => option.checked)?.value ?? "";
      return chosen === "" ? NOTHING_TYPED : {value: chosen === "true", error: ""};
    },
    write: (value) => {
      const wanted = value === null ? "" : String(value);
      for (const option of options) option.checked = option.value === wanted;
    },
  };
}

/** @param {HTMLElement} element @param {Fact} fact @returns {Made} */
function bounds(element, fact) {
  const how = pick(element, ".nc-how", HTMLSelectElement);
  const last = pick(element, ".nc-last", HTMLElement);
  const inputs = [pick(element, ".nc-first input", HTMLInputElement), pick(last, "input", HTMLInputElement)];
  const unit = element.querySelector(".nc-unit");
  const shape = () => {
    last.hidden = how.value !== "between";
  };
  how.addEventListener("change", shape);
  return {
    read: (today) => {
      if (inputs.some((input) => input.validity.badInput)) return UNFINISHED;
      const typed = {how: how.value, first: inputs[0].value, last: inputs[1].value};
      const written = unit instanceof HTMLSelectElement ? unit.value : (fact.unit ?? "");
      return fact.type === "date" ? dateEntry(typed, today) : numberEntry(typed, written, fact);
    },
    write: (value) => {
      const typed = value !== null && isInterval(value) ? typedOf(value, fact) : null;
      how.value = typed?.how ?? "exactly";
      inputs[0].value = typed?.first ?? "";
      inputs[1].value = typed?.last ?? "";
      if (unit instanceof HTMLSelectElement) unit.value = typed?.unit ?? fact.unit ?? "";
      shape();
    },
  };
}

/** @param {HTMLElement} element @returns {Made} */
function ticks(element) {
  const none = pick(element, ".nc-none", HTMLInputElement);
  const boxes = [...element.querySelectorAll("input")].filter((box) => box !== none);
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  none.addEventListener("change", () => {
    if (none.checked) for (const box of boxes) box.checked = false;
  });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (box.checked) none.checked = false;
    });
  }
  return {
    read: () => (none.checked || chosen().length > 0 ? {value: new Set(chosen()), error: ""} : NOTHING_TYPED),
    write: (value) => {
      none.checked = value instanceof Set && value.size === 0;
      for (const box of boxes) box.checked = value instanceof Set && value.has(box.value);
    },
  };
}

/** @param {HTMLElement} element @param {Fact} fact @returns {Made} */
function codes(element, fact) {
  const input = pick(element, ".nc-codes", HTMLInputElement);
  const none = pick(element, ".nc-none", HTMLInputElement);
  return {
    read: () => codesEntry(input.value, none.checked, fact),
    write: (value) => {
      input.value = value instanceof Set ? [...value].sort().join(", ") : "";
      none.checked = value instanceof Set && value.size === 0;
    },
  };
}
