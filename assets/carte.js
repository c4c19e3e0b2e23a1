/* The map's frame: hatching, labels, marks, its size. Loaded by ccm_data/figures/fond_carte.py, after Leaflet.
   Every text enters as text (textContent), never as HTML. */
(() => {
  "use strict";
  const ETROIT = 520;
  // Niger on a Mercator map is 1.25 times as wide as it is high.
  const PROPORTION = 0.84;
  const element = (nom, classe, texte) => {
    const e = document.createElement(nom);
    if (classe) e.className = classe;
    if (texte !== undefined) e.textContent = texte;
    return e;
  };

  /* The page's root size grows with the projector; the frame follows it. */
  const readEchelle = (demandee) => {
    let racine = 16;
    try {
      racine = parseFloat(getComputedStyle(window.parent.document.documentElement).fontSize) || 16;
    } catch (e) { /* embedded elsewhere: its own size */ }
    const echelle = Math.max(demandee, racine / 16);
    return window.innerWidth < ETROIT ? 0.8 : Math.min(echelle, 1.8);
  };

  const addHachures = () => {
    const motif = document.createElement("div");
    motif.className = "ccm-motif";
    motif.setAttribute("aria-hidden", "true");
    motif.innerHTML = '<svg width="0" height="0"><defs><pattern id="hachures" width="9" height="9" ' +
      'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="9" height="9" fill="#fff"/>' +
      '<rect width="3.4" height="9" fill="#8C959F"/></pattern></defs></svg>';
    document.body.appendChild(motif);
  };

  const addTexte = (carte, lat, lon, contenu) =>
    L.marker([lat, lon], {
      interactive: false, keyboard: false, zIndexOffset: -1000,
      icon: L.divIcon({ className: "ccm-ancre", iconSize: [0, 0], html: contenu }),
    }).addTo(carte);

  const addEtiquette = (carte, e) => {
    const puce = element("span", "ccm-etiquette" + (e.absent ? " ccm-absent" : ""));
    puce.append(element("span", "", e.nom), element("b", "", e.libelle));
    addTexte(carte, e.lat, e.lon, puce);
  };

  const makeBulle = (p) => {
    const bulle = element("div", "ccm-bulle");
    bulle.append(element("strong", "", p.titre), ...p.lignes.map((l) => element("span", "", l)));
    return bulle;
  };

  const addPoint = (carte, p, formes, echelle) => {
    const cote = 20 * echelle;
    const icone = element("span", "ccm-forme");
    icone.innerHTML = formes[p.forme]; // our own drawings, no data
    L.marker([p.lat, p.lon], {
      title: p.titre, alt: p.titre,
      icon: L.divIcon({
        className: "ccm-point", html: icone, iconSize: [cote, cote],
        iconAnchor: [cote / 2 - p.dx * echelle, cote / 2 - p.dy * echelle],
      }),
    }).bindPopup(makeBulle(p), { maxWidth: 260, closeButton: true }).addTo(carte);
  };

  /* The chosen region stands in the page's address: outline it without drawing the map again. */
  const followChoix = (couche, parametre) => {
    let vu = null;
    const look = () => {
      let code = "";
      try {
        code = new URLSearchParams(window.parent.location.search).get(parametre) || "";
      } catch (e) { return; }
      if (code === vu) return;
      vu = code;
      couche.eachLayer((region) => {
        const choisie = region.feature.properties.code === code;
        region.setStyle({ weight: choisie ? 4 : 1.2, color: choisie ? "#1F2328" : "#4A525B" });
        if (choisie) region.bringToFront();
      });
    };
    look();
    window.setInterval(look, 400);
  };

  /* A click tells the region's code; its number makes the same region clickable twice. */
  window.ccmRegion = (feature, layer) => {
    const p = feature.properties;
    let clics = 0;
    layer.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: { code: p.code, clic: clics } });
    layer.on("click", () => { clics += 1; });
    layer.on("mouseover", () => layer.setStyle({ fillOpacity: 0.88 }));
    layer.on("mouseout", () => layer.setStyle({ fillOpacity: 1 }));
  };

  window.ccmCarte = (carte, couche, d) => {
    const boite = carte.getContainer();
    const echelle = readEchelle(d.echelle);
    document.documentElement.style.setProperty("--e", String(echelle));
    document.documentElement.lang = d.langue;
    boite.setAttribute("role", "region");
    boite.setAttribute("aria-label", d.alt);
    if (window.innerWidth < ETROIT) document.body.classList.add("ccm-etroit");
    addHachures();
    d.pays.forEach((p) => addTexte(carte, p.lat, p.lon, element("span", "ccm-pays", p.nom)));
    d.etiquettes.forEach((e) => addEtiquette(carte, e));
    d.points.forEach((p) => addPoint(carte, p, d.formes, echelle));
    const place = () => {
      const large = boite.clientWidth || window.innerWidth;
      const haut = Math.round(window.innerWidth < ETROIT ? large * PROPORTION : d.hauteur * echelle);
      boite.style.height = haut + "px";
      carte.invalidateSize({ animate: false });
      carte.fitBounds(d.cadre, { animate: false, padding: [4, 4] });
      if (window.Streamlit) window.Streamlit.setFrameHeight(haut);
    };
    place();
    window.setTimeout(place, 0); // after the embed has set its own height
    window.addEventListener("resize", place);
    if (couche) followChoix(couche, d.parametre);
  };
})();
