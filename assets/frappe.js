// A paragraph commits after a pause of the typing, by the gesture that Streamlit gives it (Ctrl + Enter).
// Loaded once per page; a draft then follows what is typed.
if (!window.ccmFrappe) {
  window.ccmFrappe = true;
  const attentes = new WeakMap();
  document.addEventListener("input", (evenement) => {
    const zone = evenement.target;
    if (!(zone instanceof HTMLTextAreaElement) || !zone.closest('[class*="st-key-saisie_"]')) return;
    clearTimeout(attentes.get(zone));
    attentes.set(zone, setTimeout(() => {
      zone.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
    }, 1000));
  });
}
