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
    files: ["app/rooms/web/{phone,screen,points,field}.js"],
    languageOptions: { globals: { ...globals.browser, $: false, code: false, fill: false, hear: false, made: false, script: false, words: false } },
  },
  { files: ["app/rooms/web/{phone,screen,field}.js"], languageOptions: { globals: { mark: false, plane: false, sign: false } } },
  { files: ["app/rooms/web/phone.js"], languageOptions: { globals: { field: false } } },
  { files: ["app/rooms/web/field.js"], languageOptions: { globals: { commit: false } } },
  { files: ["app/rooms/web/{shared,field}.js"], languageOptions: { globals: { state: false } } },
  { files: ["app/rooms/web/{shared,points,field}.js"], rules: { "no-unused-vars": ["error", { vars: "local" }] } },  // for the pages' own
];
