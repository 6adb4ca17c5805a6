module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Its entry for browsers, lazily: docs/decisions/0013.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedTargetPackages: ['@progressive-delivery/delivery'] },
    ],
  },
});
