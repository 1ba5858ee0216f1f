import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["app/**/*.js", "ui/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "no-shadow": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["app/boot/*.js", "app/rooms/web/*.js"], languageOptions: { sourceType: "script" } },  // they stand in the page itself
  {
    files: ["app/rooms/web/{phone,screen}.js"],
    languageOptions: { globals: { ...globals.browser, $: false, code: false, fill: false, hear: false, made: false, script: false, words: false } },
  },
  { files: ["app/rooms/web/shared.js"], rules: { "no-unused-vars": ["error", { vars: "local" }] } },  // for the two above
];
