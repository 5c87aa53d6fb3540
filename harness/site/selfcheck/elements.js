/**
 * The few steps on the page that the form needs. What is shown is always text, never markup.
 */

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function pick(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the self-check has no ${selector}`);
  return found;
}

/**
 * Shows a text, if it is not shown already: a live region would else say it again.
 *
 * @param {Element} element
 * @param {string} text
 */
export function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Hands a text to the browser as a file to save. It goes nowhere else.
 *
 * @param {string} name
 * @param {string} text
 */
export function offer(name, text) {
  const address = URL.createObjectURL(new Blob([text], {type: "application/yaml"}));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
