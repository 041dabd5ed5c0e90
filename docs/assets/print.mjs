/** The button that prints; it shows only where a script can make it work. */

const button = document.getElementById("print-page");
if (button instanceof HTMLButtonElement) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
