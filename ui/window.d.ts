// What else stands on the window. For the type checker alone; nothing of this file is served.

interface Window {
  Plotly?: any;
  __streamlit?: { BACKEND_BASE_URL: string; HOST_CONFIG: { allowedOrigins: string[]; useExternalAuthToken: boolean } };
}
