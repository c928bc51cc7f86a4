// Filters the register. Everything on the page can be read without it; nothing is loaded and nothing is sent.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) { return; }
  var shown = document.getElementById("filter-shown");
  var register = document.getElementById("register-entries");
  var entries = Array.prototype.map.call(register.querySelectorAll(".entry"), function (node) {
    return {
      node: node,
      kind: node.dataset.kind,
      status: node.dataset.status,
      people: "|" + node.dataset.people + "|",
      topics: "|" + node.dataset.topics + "|",
      words: null
    };
  });
  // A sentence of the summary shows just the entries that it rests on.
  var only = null;
  document.querySelectorAll("a[data-rows]").forEach(function (link) {
    link.addEventListener("click", function () { form.reset(); only = link.dataset.rows.split(" "); apply(); });
  });
  function words(entry) {
    if (entry.words === null) { entry.words = entry.node.textContent.toLowerCase().normalize("NFC"); }
    return entry.words;
  }
  function fits(entry, want) {
    return (!only || only.indexOf(entry.node.id) >= 0)
      && (!want.kind || entry.kind === want.kind)
      && (!want.status || entry.status === want.status)
      && (!want.person || entry.people.indexOf("|" + want.person + "|") >= 0)
      && (!want.topic || entry.topics.indexOf("|" + want.topic + "|") >= 0)
      && want.text.every(function (word) { return words(entry).indexOf(word) >= 0; });
  }
  function apply() {
    var fields = form.elements;
    var want = {
      kind: fields.kind.value, status: fields.status.value, person: fields.person.value, topic: fields.topic.value,
      text: fields.text.value.toLowerCase().normalize("NFC").split(/\s+/).filter(Boolean)
    };
    var count = 0;
    entries.forEach(function (entry) {
      var fit = fits(entry, want);
      count += fit ? 1 : 0;
      if (entry.node.hidden === fit) { entry.node.hidden = !fit; }
    });
    var counts = JSON.parse(shown.dataset.counts);
    shown.textContent = count === 0 && entries.length ? shown.dataset.nothing : counts[count];
  }
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { form.reset(); apply(); target.scrollIntoView(); }
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { only = null; setTimeout(apply, 0); });
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
}());
