/**
 * What stands in one place of a YAML text: keys, words, numbers, texts in quotes, and brackets.
 *
 * @typedef {import("./yaml.js").Content} Content
 */

import {canBeStated, parseDecimal} from "./numbers.js";

export const MAX_DEPTH = 40;

// What YAML readers take for different things, each in its way; the program refuses them without quotes.
const AMBIGUOUS = [
  [/^(?:y|n|yes|no|on|off|true|false|null)$/i, "write true or false, or put the word in quotes"],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?$/, 'write a date in quotes, as "YYYY-MM-DD"'],
  [
    /^[-+]?(?:0[xob][0-9a-f_]+|[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]+){2,}|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:e[-+]?[0-9]+)?|\.(?:inf|nan))$/i,
    "write a plain number such as 12 or 0.5, or put it in quotes",
  ],
];
/** @type {Record<string, string>} */
const ESCAPES = {'"': '"', "\\": "\\", "/": "/", n: "\n", t: "\t", r: "\r"};

export class YamlError extends Error {
  /**
   * @param {number} line
   * @param {string} message
   */
  constructor(line, message) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/** A number as it is written, so that none of its digits is lost. */
export class Num {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

export class Scanner {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @param {string} message @returns {never} */
  fail(message) {
    throw new YamlError(this.text.slice(0, this.at).split("\n").length, message);
  }

  peek() {
    return this.text[this.at] ?? "\n";
  }

  /** @returns {string} the rest of the line */
  line() {
    const end = this.text.indexOf("\n", this.at);
    return this.text.slice(this.at, end < 0 ? undefined : end);
  }

  spaces() {
    while (this.peek() === " " || this.peek() === "\t") this.at += 1;
  }

  restIsBlank() {
    return /^(?:[ \t]*|[ \t]+#.*)$/.test(this.line());
  }

  endLine() {
    if (!this.restIsBlank()) this.fail("this stands where the line should end; texts with such signs go in quotes");
    this.at += this.line().length + 1;
  }

  /** @returns {string} a key, its colon read too */
  key() {
    const quote = this.peek();
    const quoted = quote === '"' || quote === "'";
    const word = quoted ? this.quoted(quote) : (/^[A-Za-z_][A-Za-z0-9_.-]*/.exec(this.line()) ?? [""])[0];
    if (!quoted) this.at += word.length;
    if (word === "" || !/^:(?:\s|$)/.test(this.line())) this.fail("a key and a colon are expected here, as in key: value");
    if (!quoted) this.refuseAmbiguous(word);
    this.at += 1;
    return word;
  }

  /**
   * A value that begins and ends in brackets, in quotes, or with its line.
   *
   * @param {number} depth
   * @param {boolean} [inBrackets]
   * @returns {Content}
   */
  inline(depth, inBrackets = false) {
    if (depth > MAX_DEPTH) this.fail("nested too deep");
    const first = this.peek();
    if (first === "[") return this.flowList(depth + 1);
    if (first === "{") return this.flowMapping(depth + 1);
    if (first === '"' || first === "'") return this.quoted(first);
    if ("|>".includes(first)) this.fail("a text over several lines is not read here; write it in one line, in quotes");
    if ("&*!%@`,]}#".includes(first)) this.fail("this sign is not read here; put a text that begins with it in quotes");
    return this.plain(inBrackets);
  }

  /** @param {boolean} inBrackets @returns {Content} */
  plain(inBrackets) {
    const pattern = inBrackets ? /^(?:[^\s:#,[\]{}]|:(?![\s,[\]{}]|$)|(?<=\S)#|[ \t]+(?![\s#,\]}]|$))+/ :
      /^(?:[^\s:#]|:(?!\s|$)|(?<=\S)#|[ \t]+(?![\s#]|$))+/;
    const word = (pattern.exec(this.line()) ?? [""])[0];
    if (word === "" || /^[-?:](?:\s|$)/.test(word)) this.fail("a value is missing, or must be put in quotes");
    this.at += word.length;
    if (word === "true" || word === "false") return word === "true";
    if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(word)) return this.number(word);
    if (word === "~") this.fail("a value is missing; leave out what is not documented");
    this.refuseAmbiguous(word);
    return word;
  }

  /** @param {string} word @returns {Num} */
  number(word) {
    const number = parseDecimal(word);
    if (number === null || !canBeStated(number)) this.fail("the number is too large or has more than six decimals");
    return new Num(word);
  }

  /** @param {string} word */
  refuseAmbiguous(word) {
    for (const [pattern, cure] of AMBIGUOUS) {
      if (/** @type {RegExp} */ (pattern).test(word)) this.fail(`programs read this in different ways; ${cure}`);
    }
  }

  /** @param {string} quote @returns {string} */
  quoted(quote) {
    const pattern = quote === '"' ? /^"((?:[^"\\\n]|\\.)*)"/ : /^'((?:[^'\n]|'')*)'/;
    const found = pattern.exec(this.line());
    if (found === null) this.fail("the quotes do not end in this line; write the text in one line");
    this.at += found[0].length;
    return quote === "'" ? found[1].replaceAll("''", "'") : this.unescaped(found[1]);
  }

  /** @param {string} text @returns {string} */
  unescaped(text) {
    return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gu, (_, two, four, one) => {
      if (one === undefined) return String.fromCharCode(parseInt(two ?? four, 16));
      return ESCAPES[one] ?? this.fail("this escape (a backslash in quotes) is not read here");
    });
  }

  /** Spaces, line ends and comments between brackets. */
  gap() {
    const blank = /(?:\s+|(?<=\s)#[^\n]*)*/y;
    blank.lastIndex = this.at;
    this.at += (blank.exec(this.text) ?? [""])[0].length;
  }

  /** @param {string} end @returns {boolean} whether another entry follows */
  another(end) {
    this.gap();
    if (this.peek() === ",") {
      this.at += 1;
      this.gap();
      return this.peek() !== end || this.closed();
    }
    if (this.peek() !== end) this.fail(`a comma or a closing ${end} is expected here`);
    return this.closed();
  }

  /** @returns {false} */
  closed() {
    this.at += 1;
    return false;
  }

  /** @param {number} depth @returns {Content[]} */
  flowList(depth) {
    /** @type {Content[]} */
    const items = [];
    this.at += 1;
    this.gap();
    let more = this.peek() !== "]" || this.closed();
    while (more) {
      items.push(this.inline(depth, true));
      more = this.another("]");
    }
    return items;
  }

  /** @param {number} depth @returns {Map<string, Content>} */
  flowMapping(depth) {
    const entries = new Map();
    this.at += 1;
    this.gap();
    let more = this.peek() !== "}" || this.closed();
    while (more) {
      const key = this.key();
      if (entries.has(key)) this.fail("a key stands twice; keep one");
      this.gap();
      entries.set(key, this.inline(depth, true));
      more = this.another("}");
    }
    return entries;
  }
}
