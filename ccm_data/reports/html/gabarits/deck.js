/* Keys and clicks of the projection; nothing is fetched to move. A decision is the only thing that goes to the server. */
(function () {
  "use strict";
  var corps = document.body, scenes = Array.prototype.slice.call(document.querySelectorAll(".scene"));
  var ici = 0, dialogue = document.getElementById("dialogue"), rideau = document.getElementById("rideau");
  var mots = document.getElementById("mots").dataset, annonce = document.getElementById("annonce");
  var formulaire = document.getElementById("decision"), refus = document.getElementById("refus");
  var CLE = "decisions-" + corps.dataset.cle;

  function show(n, garder) {
    if (!scenes.length) { return; }
    ici = Math.min(Math.max(n, 0), scenes.length - 1);
    scenes.forEach(function (s, i) { s.hidden = i !== ici; s.classList.toggle("vue", i === ici); });
    document.getElementById("ou").textContent = String(ici + 1);
    fit(scenes[ici]);
    if (!garder) { history.replaceState(null, "", "#" + (ici + 1)); }
  }
  /* A scene that leaves room is drawn larger, all its pages alike; one higher than the screen denser, twice at most; beyond
     that it scrolls. */
  function fit(s) {
    pack(s);
    s.querySelector(".corps").style.zoom = scale(s);
    s.scrollTop = 0;
  }
  function pack(s) {
    s.classList.remove("dense", "serre");
    s.querySelector(".corps").style.zoom = 1;
    ["dense", "serre"].forEach(function (c) { if (over(s)) { s.classList.add(c); } });
  }
  var echelles = {};  /* by title: the size at which every page of the scene fits this screen */
  function scale(s) {
    var titre = s.dataset.titre;
    if (!(titre in echelles)) {
      echelles[titre] = scenes.filter(function (x) { return x.dataset.titre === titre; }).reduce(function (z, x) {
        var cachee = x.hidden;
        x.hidden = false;
        z = Math.min(z, measure(x));
        x.hidden = cachee;
        return z;
      }, 1.4);
    }
    return echelles[titre];
  }
  function measure(s) {
    var corps_ = s.querySelector(".corps"), z = 1;
    pack(s);
    if (s.classList.contains("dense") || window.innerWidth <= 640) { return 1; }
    s.classList.add("essai");  /* a word too wide for its cell shows instead of being cut */
    [1.1, 1.2, 1.3, 1.4].every(function (essai) {
      corps_.style.zoom = essai;
      if (over(s) || cut(corps_)) { return false; }
      z = essai;
      return true;
    });
    s.classList.remove("essai");
    corps_.style.zoom = z;
    return z;
  }
  function refit() { echelles = {}; if (scenes.length) { fit(scenes[ici]); } }
  function cut(corps_) {
    var zone = document.createRange();
    return Array.prototype.some.call(corps_.querySelectorAll(".tableau td, .tableau th, .graphe th, .chiffre p"), function (e) {
      zone.selectNodeContents(e);
      return zone.getBoundingClientRect().right > e.getBoundingClientRect().right - parseFloat(getComputedStyle(e).paddingRight) + 1;
    }) || corps_.scrollWidth > corps_.clientWidth + 1;
  }
  function over(s) { return s.scrollHeight > s.clientHeight + 1; }
  function tell(texte) {
    annonce.textContent = texte;
    clearTimeout(tell.t);
    tell.t = setTimeout(function () { annonce.textContent = ""; }, 6000);
  }
  function black(oui) { rideau.hidden = !oui; if (oui) { rideau.focus(); } }
  function tick() {
    var d = new Date(), m = String(d.getMinutes());
    document.getElementById("heure").textContent = d.getHours() + " h " + (m.length < 2 ? "0" + m : m);
  }
  var bouton = document.getElementById("noter");  /* absent where nothing may be noted */
  function open() { if (!bouton) { return; } refus.textContent = ""; if (!dialogue.open) { dialogue.showModal(); } formulaire.elements.texte.focus(); }
  function list() { try { return JSON.parse(localStorage.getItem(CLE) || "[]"); } catch (e) { return list.memoire || []; } }
  function keep(decision) {
    var toutes = list();
    toutes.push(decision);
    list.memoire = toutes;
    try { localStorage.setItem(CLE, JSON.stringify(toutes)); } catch (e) { /* a file opened without storage: kept in memory */ }
    say();
  }
  function say() {
    var zone = document.getElementById("gardees");
    if (zone) {
      zone.value = list().map(function (d) {
        return [d.texte, d.responsable, d.echeance].filter(Boolean).join(" · ");
      }).join("\n");
    }
  }
  function done(texte) { formulaire.reset(); dialogue.close(); tell(texte); }

  function send(evenement) {
    evenement.preventDefault();
    var champs = formulaire.elements;
    var decision = { texte: champs.texte.value.trim(), responsable: champs.responsable.value, echeance: champs.echeance.value,
                     scene: ici + 1 };
    if (!decision.texte) { champs.texte.focus(); return; }
    if (!corps.dataset.noter) { keep(decision); done(mots.gardee); return; }
    var envoi = document.getElementById("enregistrer");
    envoi.disabled = true;
    fetch(corps.dataset.noter, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Jeton": corps.dataset.jeton },
      body: JSON.stringify(decision)
    }).then(function (r) {
      return r.json().catch(function () { return {}; }).then(function (dit) {
        if (r.ok) { done(mots.note); } else { refus.textContent = dit.message || mots.refus; }
      });
    }).catch(function () { refus.textContent = mots.echec; }).then(function () { envoi.disabled = false; });
  }

  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) { return; }
    if (dialogue.open) { return; }  /* Esc closes it by itself */
    var k = e.key, dans = e.target.closest && e.target.closest("button, a, select, input, textarea");
    if (!rideau.hidden) {
      if (k === "b" || k === "B" || k === "Escape" || k === "." || k === "Enter" || k === " ") { black(false); e.preventDefault(); }
      return;
    }
    if (k === "ArrowRight" || k === "ArrowDown" || k === "PageDown" || (k === " " && !dans)) { show(ici + 1); }
    else if (k === "ArrowLeft" || k === "ArrowUp" || k === "PageUp") { show(ici - 1); }
    else if (k === "Home") { show(0); }
    else if (k === "End") { show(scenes.length - 1); }
    else if (/^[1-9]$/.test(k)) { show(Number(k) - 1); }
    else if (k === "b" || k === "B" || k === ".") { black(true); }
    else if (k === "n" || k === "N") { open(); }
    else if ((k === "r" || k === "R") && Number(corps.dataset.region)) { show(Number(corps.dataset.region) - 1); }
    else if (k === "Escape") { if (corps.dataset.retour) { location.href = corps.dataset.retour; } return; }
    else { return; }
    e.preventDefault();
  });
  document.querySelectorAll("[data-va]").forEach(function (b) {
    b.addEventListener("click", function () { show(ici + Number(b.dataset.va)); });
  });
  document.querySelectorAll("[data-aller]").forEach(function (b) {
    b.addEventListener("click", function () { show(Number(b.dataset.aller) - 1); });
  });
  if (bouton) { bouton.addEventListener("click", open); }
  document.getElementById("noir").addEventListener("click", function () { black(true); });
  document.getElementById("fermer").addEventListener("click", function () { dialogue.close(); });
  rideau.addEventListener("click", function () { black(false); });
  formulaire.addEventListener("submit", send);
  window.addEventListener("hashchange", function () { show((parseInt(location.hash.slice(1), 10) || 1) - 1, true); });
  window.addEventListener("resize", refit);
  if (document.fonts && document.fonts.ready) { document.fonts.ready.then(refit); }
  tick();
  setInterval(tick, 5000);
  say();
  show((parseInt(location.hash.slice(1), 10) || 1) - 1, true);
  document.getElementById("deck").focus();
})();
