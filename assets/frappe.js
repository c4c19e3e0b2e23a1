// A paragraph commits after a pause of the typing, by the gesture that Streamlit gives it (Ctrl + Enter).
// Loaded once per page; a draft then follows what is typed. While the link is down the field waits with its text.
if (!window.ccmFrappe) {
  window.ccmFrappe = true;
  const PAUSE_MS = 1000;
  const attentes = new WeakMap();
  const plan = (zone) => {
    clearTimeout(attentes.get(zone));
    attentes.set(zone, setTimeout(() => commit(zone), PAUSE_MS));
  };
  const commit = (zone) => {
    if (!zone.isConnected) return;
    if (zone.disabled) { plan(zone); return; }
    zone.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
  };
  document.addEventListener("input", (evenement) => {
    const zone = evenement.target;
    if (zone instanceof HTMLTextAreaElement && zone.closest('[class*="st-key-saisie_"]')) plan(zone);
  });
}
