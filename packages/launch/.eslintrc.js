module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Runs from its source only, so __dirname is where the file is.
    'no-restricted-syntax': 'off',
  },
});
