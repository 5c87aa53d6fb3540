/**
 * A small part of YAML, strictly read: mappings, lists, brackets and texts in one line, as plain case files have them.
 * What it does not read (anchors, tags, texts over several lines) it refuses with the line and what to write instead;
 * so it does with what the program's own reader refuses.
 *
 * @typedef {Map<string, Content> | Content[] | string | boolean | Num} Content
 */

import {MAX_DEPTH, Scanner, YamlError} from "./yaml-scalar.js";

/** @typedef {import("./yaml-scalar.js").Num} Num */

const MAX_BYTES = 256 * 1024;

const UNPRINTABLE = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * @param {string} text
 * @returns {Content}
 */
export function readYaml(text) {
  if (text.length > MAX_BYTES) throw new YamlError(1, "the file is larger than 256 KB; this page reads small cases");
  const whole = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const odd = UNPRINTABLE.exec(whole);
  if (odd !== null) {
    const line = whole.slice(0, odd.index).split("\n").length;
    throw new YamlError(line, "the file holds a character that this page does not read; remove it");
  }
  const reader = new Blocks(whole);
  const content = reader.block(-1, 0);
  if (!reader.atEnd()) reader.fail("this line does not fit the indentation of those above it");
  return content;
}

/** Reads by indentation; what stands in one line is read by the scanner. */
class Blocks extends Scanner {
  /** @returns {boolean} whether nothing but blank lines and comments is left */
  atEnd() {
    this.toContent();
    return this.at >= this.text.length;
  }

  /**
   * Go to the next line that holds something, and to its first character.
   *
   * @returns {number} its indentation; -1 at the end
   */
  toContent() {
    const blank = /[ \t]*(#[^\n]*)?(\n|$)/y;
    for (;;) {
      blank.lastIndex = this.at;
      const found = blank.exec(this.text);
      if (found === null || this.at >= this.text.length) break;
      this.at += found[0].length;
    }
    if (this.at >= this.text.length) return -1;
    let end = this.at;
    while (this.text[end] === " ") end += 1;
    if (this.text[end] === "\t") this.fail("indent with spaces, not tabs");
    return end - this.at;
  }

  /**
   * The mapping or list that is indented more than what holds it.
   *
   * @param {number} outer
   * @param {number} depth
   * @param {boolean} [listAllowed] whether a list may stand at the indentation of its key
   * @returns {Content}
   */
  block(outer, depth, listAllowed = false) {
    if (depth > MAX_DEPTH) this.fail("nested too deep");
    const indent = this.toContent();
    const isList = this.text.startsWith("-", this.at + indent) && /[\s]|$/.test(this.text[this.at + indent + 1] ?? "");
    if (indent < 0 || indent < outer || (indent === outer && !(listAllowed && isList))) this.fail("a value is missing");
    return isList ? this.list(indent, depth) : this.mapping(indent, depth);
  }

  /** @param {number} indent @param {number} depth @returns {Content[]} */
  list(indent, depth) {
    const items = [];
    while (this.toContent() === indent && /^-(\s|$)/.test(this.text.slice(this.at + indent, this.at + indent + 2))) {
      const start = this.at;
      this.at += indent + 1;
      while (this.peek() === " ") this.at += 1;
      if (this.restIsBlank()) {
        this.endLine();
        items.push(this.block(indent, depth + 1));
      } else if (this.startsMapping()) {
        const inner = this.at - start;
        this.at = start;
        items.push(this.mapping(inner, depth + 1, inner));
      } else {
        items.push(this.inline(depth));
        this.endLine();
      }
    }
    return items;
  }

  /**
   * @param {number} indent
   * @param {number} depth
   * @param {number} [skip] of the first line: what stands before its key is the dash of a list
   * @returns {Map<string, Content>}
   */
  mapping(indent, depth, skip) {
    const entries = new Map();
    let lead = skip;
    while (lead !== undefined || this.toContent() === indent) {
      this.at += lead ?? indent;
      lead = undefined;
      const key = this.key();
      if (entries.has(key)) this.fail("a key stands twice; keep one");
      entries.set(key, this.valueOf(indent, depth));
    }
    if (entries.size === 0 || this.toContent() > indent) this.fail("check the indentation here");
    return entries;
  }

  /** @param {number} indent @param {number} depth @returns {Content} */
  valueOf(indent, depth) {
    if (this.restIsBlank()) {
      this.endLine();
      return this.block(indent, depth + 1, true);
    }
    this.spaces();
    const value = this.inline(depth);
    this.endLine();
    return value;
  }

  /** @returns {boolean} whether a key and its colon stand here */
  startsMapping() {
    return /^(?:"[^"\n]*"|'[^'\n]*'|[^\s"'[\]{}#&*!|>%@`,][^\n:#]*):(?:\s|$)/.test(this.line());
  }
}
