/** @param {string} tag @param {string} look @param {...(Node | string)} children */
export function element(tag, look, ...children) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.append(...children);
  return made;
}
