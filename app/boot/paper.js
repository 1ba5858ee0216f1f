// A page about to be printed is laid out as on paper while scripts still run: `data-paper` on the page says so
// to the styles (ui/paper.css), the event "paper" to the pictures. It holds the theme that the page has on screen.
{
  const page = document.documentElement;
  const print = matchMedia("print");
  // Styles that look into each part of the page would cost each picture on screen much of its time.
  const told = () => {
    const styles = /** @type {HTMLLinkElement} */ (document.getElementById("paper"));
    styles.media = "paper" in page.dataset ? "all" : "print";
    dispatchEvent(new Event("paper"));
  };
  const begin = () => {
    if ("paper" in page.dataset) return;
    const app = document.querySelector("[data-testid=stApp]");
    page.dataset.paper = app ? getComputedStyle(app).colorScheme : "light";
    told();
  };
  const end = () => {
    if (print.matches || !("paper" in page.dataset)) return;
    delete page.dataset.paper;
    told();
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  print.addEventListener("change", () => (print.matches ? begin() : end()));
}
