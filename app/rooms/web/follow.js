// In a lesson's page, for who has joined a class: what the teacher shows, to go along with or not. The class's own
// page has left its code and these words here.
{
  const DAY = 8 * 3600 * 1000, kept = () => { try { return JSON.parse(localStorage.getItem("softmax-lab-room")); } catch { return null; } };
  const room = kept();
  if (room && /^[A-Z]{4}$/.test(room.code) && room.words && Date.now() - room.since < DAY && window === window.parent) {
    const root = new URL(".", location.href), seen = `softmax-lab-room-scene-${room.code}`;
    const stream = new EventSource(new URL(`room/${room.code}/events`, root));
    const box = document.createElement("div");
    box.setAttribute("role", "status");
    box.style.cssText = "position: fixed; inset: auto 1rem 5rem; z-index: 999990; width: fit-content; max-width: calc(100% - 2rem); margin: 0 auto; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: .5rem 1rem; border: 1px solid #9FB3C8; border-radius: .5rem; background: #24303F; color: #FFF; font: 1rem/1.5 system-ui, sans-serif";
    const part = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    const link = (text, href) => { const made = Object.assign(part("a", text), { href }); made.style.cssText = "color: inherit; padding: .6rem 0"; return made; };
    const stay = part("button", room.words.stay);
    stay.style.cssText = "font: inherit; color: inherit; background: none; border: 1px solid; border-radius: .5rem; min-height: 2.75rem; padding: 0 1rem";
    const show = (scene) => {
      const { words, code } = room;
      const away = scene && sessionStorage.getItem(seen) !== String(scene.number);
      const told = scene && part("span", words.shows.replace("{title}", scene.title));
      const go = scene && link(words.go, new URL(scene.address, root).href);
      const done = () => { sessionStorage.setItem(seen, scene.number); show(null); };
      stay.onclick = done;
      if (go) go.onclick = () => sessionStorage.setItem(seen, scene.number);
      box.replaceChildren(...(away ? [told, go, stay] : [link(words.back.replace("{code}", code), new URL(`room/${code}`, root).href)]));
      if (!box.isConnected) document.body.append(box);
    };
    stream.onmessage = ({ data }) => {
      const { phase, scene } = JSON.parse(data);
      if (phase !== "ended") { show(scene); return; }
      localStorage.removeItem("softmax-lab-room");
      stream.close();
      box.remove();
    };
  }
}
