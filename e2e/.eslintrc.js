module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Runs from its source only, so __dirname is where the file is.
    'no-restricted-syntax': 'off',
    // Compares and measures parts of packages that are nobody else's business.
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
