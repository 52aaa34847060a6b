// A chosen file is opened at once: no second button, no file name in a language that is not the page's.

const file = document.getElementById("order-file");
document.documentElement.classList.add("scripted");
file.addEventListener("change", () => { if (file.files.length) document.getElementById("open").requestSubmit(); });
