// Tells Streamlit where its server is. Left alone it would look below the page first (/scores/_stcore), and
// would wait most of a second after the refusal, with nothing on the screen. Told also which sites may talk
// to it from a frame around it (its own alone), it connects without asking the server for them.
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", location.href).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};
