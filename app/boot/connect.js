// Tells Streamlit where its server is. Left alone it would look below the page first (/scores/_stcore), and
// would wait most of a second after the refusal, with nothing on the screen. Told also which sites may talk
// to it from a frame around it, it connects without asking the server for them. None may; the list must not be
// empty, and a word that is no address is refused sooner than our own would be, which every run of a script,
// with its messages to whoever is around, compared anew.
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", location.href).href,
  HOST_CONFIG: { allowedOrigins: ["nobody"], useExternalAuthToken: false },
};
