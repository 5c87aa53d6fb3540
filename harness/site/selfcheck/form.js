/**
 * The form of a self-check: what is typed is assessed at once, in this page alone. Nothing is loaded, sent or kept;
 * a case is read from a file that a person chooses, and written to one that a person saves.
 *
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./readings.js").Stated} Stated
 */

import {assess} from "./assess.js";
import {CaseError, readCase} from "./case-read.js";
import {writeCase} from "./case-write.js";
import {controlOf, tell} from "./controls.js";
import {dayWords, parseDay} from "./days.js";
import {make, offer, pick, show} from "./elements.js";
import {readPolicy} from "./policy.js";
import {REQUEST_DATE, dayOf, isDerived, readingsOf} from "./readings.js";
import {resultParts, summary} from "./results.js";
import {YamlError} from "./yaml-scalar.js";
import {readingText} from "./wording.js";

const LARGEST_FILE = 256 * 1024;
const PAUSE = 500; // milliseconds without typing before a screen reader is told
const LONGEST_TITLE = 200;

class SelfCheck {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.policy = readPolicy(JSON.parse(pick(root, ".nc-policy", HTMLScriptElement).textContent ?? ""));
    this.found = pick(root, ".nc-found", HTMLElement);
    this.live = pick(root, ".nc-live", HTMLElement);
    this.told = pick(root, ".nc-told", HTMLElement);
    this.about = this.freshAbout();
    /** @type {Map<string, Control>} */
    this.controls = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    /** @type {Set<string>} */
    this.wrong = new Set();
  }

  start() {
    for (const element of this.root.querySelectorAll("[data-fact]")) {
      const fact = element instanceof HTMLElement ? this.policy.facts.get(element.dataset.fact ?? "") : undefined;
      if (fact !== undefined) this.controls.set(fact.id, controlOf(/** @type {HTMLElement} */ (element), fact));
    }
    const form = pick(this.root, "form", HTMLFormElement);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.update());
    form.addEventListener("change", () => this.update());
    this.found.addEventListener("click", (event) => this.goTo(event));
    this.onClick(".nc-save", () => this.save());
    this.onClick(".nc-print", printChecklist);
    this.onClick(".nc-clear", () => this.clear());
    const file = pick(this.root, ".nc-load", HTMLInputElement);
    file.addEventListener("change", () => void this.load(file));
    this.writeAll(this.fresh());
    pick(this.root, ".nc-work", HTMLElement).hidden = false;
    this.update();
  }

  /** @param {string} selector @param {() => void} act */
  onClick(selector, act) {
    pick(this.root, selector, HTMLButtonElement).addEventListener("click", act);
  }

  /** @returns {{id: string, title: string, description: string}} */
  freshAbout() {
    return {id: "self-check", title: `Self-check of ${this.policy.title}`.slice(0, LONGEST_TITLE), description: ""};
  }

  /** @returns {Stated} an empty form: the request is of today, or of the nearest day on which the version is in force */
  fresh() {
    const now = new Date();
    const today = parseDay(
      [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"),
    );
    const {from, until} = this.inForce();
    let day = today ?? from;
    if (until !== null && day > until) day = until;
    if (day < from) day = from;
    return new Map([[REQUEST_DATE, {low: day, high: day}]]);
  }

  /** @returns {{from: bigint, until: bigint | null}} */
  inForce() {
    const until = this.policy.until === null ? null : parseDay(this.policy.until);
    return {from: parseDay(this.policy.effective) ?? 1n, until};
  }

  /** @returns {Stated} what is typed; what is wrong is told beside it and left out */
  stated() {
    /** @type {Stated} */
    const stated = new Map();
    this.wrong.clear();
    const date = this.controls.get(REQUEST_DATE);
    const ordered = [...this.controls.values()].sort((a, b) => Number(b === date) - Number(a === date));
    for (const control of ordered) {
      if (this.isCounted(control, stated)) continue;
      const {value, error} = control.read(dayOf(stated.get(REQUEST_DATE)));
      if (value !== null) stated.set(control.fact.id, value);
      this.note(control, error || (control === date ? this.wrongDate(stated) : ""));
    }
    return stated;
  }

  /** @param {Control} control @param {string} error */
  note(control, error) {
    tell(control, error);
    if (error !== "") this.wrong.add(control.fact.id);
  }

  /**
   * Whether a number is counted from a date that is typed; then the date gives it. Dates are asked before such numbers.
   *
   * @param {Control} control
   * @param {Stated} stated
   * @returns {boolean}
   */
  isCounted(control, stated) {
    const date = control.fact.measure?.date;
    if (!isDerived(control.fact) || date === undefined) return false;
    const source = this.controls.get(date)?.read(dayOf(stated.get(REQUEST_DATE))).value ?? null;
    const counted = pick(control.element, ".nc-counted", HTMLElement);
    counted.hidden = source === null;
    pick(control.element, ".nc-entry", HTMLElement).hidden = source !== null;
    if (source === null) return false;
    tell(control, "");
    return true;
  }

  /** @param {Stated} stated @returns {string} why the request date is none of this version */
  wrongDate(stated) {
    const day = dayOf(stated.get(REQUEST_DATE));
    const {from, until} = this.inForce();
    if (day === null) return "Write the request date; everything counts from it.";
    if (day >= from && (until === null || day <= until)) return "";
    const end = until === null ? "" : ` to ${dayWords(until)}`;
    return `This version of the policy is for requests from ${dayWords(from)}${end}.`;
  }

  update() {
    const stated = this.stated();
    const readings = readingsOf(this.policy, stated);
    this.showCounted(readings);
    if (this.wrong.has(REQUEST_DATE)) {
      this.present("No result: see the request date.", [make("p", "nc-headline", "No result: see the request date.")]);
      return;
    }
    const result = assess(this.policy, readings);
    const page = {
      policy: this.policy,
      ruleHref: this.root.dataset.ruleHref ?? "",
      fieldOf: (/** @type {string} */ fact) => this.controls.get(fact)?.element ?? null,
    };
    this.root.dataset.outcome = result.outcome;
    const held = this.wrong.size === 0 ? "" : `; ${this.wrong.size} to mend`;
    this.present(`${summary(result)}${held}`, resultParts(result, readings, page));
  }

  /** @param {import("./evaluate.js").Readings} readings */
  showCounted(readings) {
    for (const {fact, element} of this.controls.values()) {
      const counted = element.querySelector(".nc-counted");
      const reading = readings.get(fact.id);
      if (counted === null || reading === undefined) continue;
      const question = this.policy.facts.get(fact.measure?.date ?? "")?.question ?? "";
      show(counted, `${readingText(reading, fact)}, counted from the answer to: ${question}`);
    }
  }

  /** @param {string} line @param {HTMLElement[]} parts */
  present(line, parts) {
    const open = [...this.found.querySelectorAll("details[open]")].map((one) => one.closest("li")?.dataset.rule);
    this.found.replaceChildren(...parts);
    for (const item of this.found.querySelectorAll("li")) {
      const details = item.querySelector("details");
      if (details !== null && open.includes(item.dataset.rule)) details.open = true;
    }
    clearTimeout(this.pause);
    this.pause = setTimeout(() => show(this.live, line), this.live.textContent === "" ? 0 : PAUSE);
  }

  /** @param {Event} event */
  goTo(event) {
    const link = event.target instanceof Element ? event.target.closest("[data-goto]") : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    const element = this.controls.get(link.dataset.goto ?? "")?.element;
    const entry = element?.querySelector(".nc-entry:not([hidden]) :is(input, select)");
    element?.scrollIntoView({block: "center"});
    if (entry instanceof HTMLElement) entry.focus({preventScroll: true});
  }

  /** @param {Stated} stated */
  writeAll(stated) {
    for (const control of this.controls.values()) control.write(stated.get(control.fact.id) ?? null);
  }

  save() {
    const stated = this.stated();
    if (this.wrong.size > 0) {
      show(this.told, `Not saved: ${this.wrong.size} ${this.wrong.size === 1 ? "answer is" : "answers are"} to mend first.`);
      return;
    }
    offer("case.yaml", writeCase(this.policy, stated, this.about));
    show(this.told, "Saved as case.yaml, where your browser keeps downloads.");
  }

  clear() {
    if (!window.confirm("Clear all answers? They are kept nowhere else.")) return;
    this.about = this.freshAbout();
    this.writeAll(this.fresh());
    this.notices([]);
    show(this.told, "All answers are cleared.");
    this.update();
  }

  /** @param {HTMLInputElement} input */
  async load(input) {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      if (file.size > LARGEST_FILE) throw new CaseError("it is larger than 256 KB; this page reads small cases");
      const loaded = readCase(await file.text(), this.policy);
      const known = [...loaded.stated].filter(([fact]) => this.controls.has(fact));
      this.about = {...loaded, title: loaded.title || this.about.title};
      this.writeAll(new Map(known));
      this.notices(loaded.notices);
      show(this.told, `Loaded: ${known.length} answers.`);
      this.update();
    } catch (error) {
      if (!(error instanceof CaseError || error instanceof YamlError)) throw error;
      show(this.told, `Not loaded: ${error.message}.`);
    }
    input.value = "";
  }

  /** @param {string[]} notices */
  notices(notices) {
    pick(this.root, ".nc-notices", HTMLElement).replaceChildren(...notices.map((notice) => make("li", "", notice)));
  }
}

/** Print the checklist alone: a page around it hides the rest while this class is set. */
function printChecklist() {
  const page = document.documentElement.classList;
  window.addEventListener("afterprint", () => page.remove("nc-printing"), {once: true});
  page.add("nc-printing");
  window.print();
}

/** Starts each self-check of the page that has not been started. */
function startAll() {
  for (const root of document.querySelectorAll(".nc-check")) {
    if (!(root instanceof HTMLElement) || root.dataset.started !== undefined) continue;
    root.dataset.started = "";
    new SelfCheck(root).start();
  }
}

if (typeof document !== "undefined") {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
  // Material for MkDocs swaps pages without loading them, and says so by this.
  const pages = /** @type {any} */ (window).document$;
  if (typeof pages?.subscribe === "function") pages.subscribe(startAll);
}
