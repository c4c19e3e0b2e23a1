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

  /* Names give way to marks and to each other: the nearest of a few places that hides least. */
  const PAS = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1], [0, -2], [0, 2], [-2, 0], [2, 0],
    [-2, 1], [2, 1], [-2, -1], [2, -1]];
  const getRecouvrement = (a, b) =>
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const arrange = (boite, echelle) => {
    const cadre = boite.getBoundingClientRect();
    const prises = [...boite.querySelectorAll(".ccm-point")].map((m) => m.getBoundingClientRect());
    [...boite.querySelectorAll(".ccm-etiquette")].reverse().forEach((puce) => {
      puce.style.margin = "0";
      const r = puce.getBoundingClientRect();
      const essais = PAS.map(([x, y]) => {
        const dx = x * 26 * echelle;
        const dy = y * 17 * echelle;
        const e = { left: r.left + dx, right: r.right + dx, top: r.top + dy, bottom: r.bottom + dy };
        const dehors = r.width * r.height - getRecouvrement(e, cadre);
        const cout = prises.reduce((somme, p) => somme + getRecouvrement(e, p), 0);
        return { e, dx, dy, cout: cout + 4 * dehors + Math.hypot(dx, dy) * 1.5 };
      });
      const choix = essais.reduce((a, b) => (b.cout < a.cout ? b : a));
      puce.style.margin = `${choix.dy}px 0 0 ${choix.dx}px`;
      prises.push(choix.e);
    });
  };

  const makeBulle = (p) => {
    const bulle = element("div", "ccm-bulle");
    bulle.append(element("strong", "", p.titre), ...p.lignes.map((l) => element("span", "", l)));
    return bulle;
  };

  const addPoint = (carte, p, formes, cote) => {
    const icone = element("span", "ccm-forme");
    icone.innerHTML = formes[p.forme]; // our own drawings, no data
    return L.marker([p.lat, p.lon], {
      title: p.titre, alt: p.titre,
      icon: L.divIcon({ className: "ccm-point", html: icone, iconSize: [cote, cote] }),
    }).bindPopup(makeBulle(p), { maxWidth: 260, closeButton: true }).addTo(carte);
  };

  /* Marks push each other aside until none hides another; zoomed in, they stand on their true places again. */
  const spread = (carte, marques, cote) => {
    const vrais = marques.map((m) => carte.latLngToLayerPoint(m.getLatLng()));
    // a hair apart, each in its own direction: those on one place must know where to go
    const places = vrais.map((p, i) => ({ x: p.x + Math.cos(i * 2.4) * 0.01, y: p.y + Math.sin(i * 2.4) * 0.01 }));
    const ecart = cote * 0.95;
    for (let tour = 0, bouge = true; bouge && tour < 60; tour += 1) {
      bouge = false;
      for (let i = 0; i < places.length; i += 1) {
        for (let j = i + 1; j < places.length; j += 1) {
          const dx = places[j].x - places[i].x;
          const dy = places[j].y - places[i].y;
          const d = Math.hypot(dx, dy) || 1;
          if (d >= ecart - 0.1) continue;
          const part = (ecart - d) / 2 / d;
          places[i].x -= dx * part;
          places[i].y -= dy * part;
          places[j].x += dx * part;
          places[j].y += dy * part;
          bouge = true;
        }
      }
    }
    marques.forEach((m, i) => {
      const style = m.getElement().style;
      style.marginLeft = `${places[i].x - vrais[i].x - cote / 2}px`;
      style.marginTop = `${places[i].y - vrais[i].y - cote / 2}px`;
    });
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
    const cote = 20 * echelle;
    const marques = d.points.map((p) => addPoint(carte, p, d.formes, cote));
    const settle = () => {
      spread(carte, marques, cote);
      arrange(boite, echelle);
    };
    const place = () => {
      const large = boite.clientWidth || window.innerWidth;
      const haut = Math.round(window.innerWidth < ETROIT ? large * PROPORTION : d.hauteur * echelle);
      boite.style.height = haut + "px";
      carte.invalidateSize({ animate: false });
      carte.fitBounds(d.cadre, { animate: false, padding: [4, 4] });
      settle();
      if (window.Streamlit) window.Streamlit.setFrameHeight(haut);
    };
    place();
    window.setTimeout(place, 0); // after the embed has set its own height
    window.setTimeout(settle, 400); // once the style is there
    window.addEventListener("resize", place);
    carte.on("zoomend", settle);
    document.fonts.ready.then(settle);
    if (couche) followChoix(couche, d.parametre);
  };
})();
