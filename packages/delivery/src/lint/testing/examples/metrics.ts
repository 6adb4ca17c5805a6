import { QUERY, template } from '../manifests';
import { metric } from '../pieces';

export const metricsExamples: Record<string, string> = {
  'failure-condition-alone': metric(
    'failureCondition: result[0] > 0.05 # here',
  ),
  'nan-passes': metric('successCondition: "!(result[0] > 0.05)" # here'),
  'no-data-passes': metric(
    'successCondition: len(result) == 0 || result[0] < 0.05 # here',
  ),
  'no-condition': metric('failureLimit: 1').replace(
    '- name: errors',
    '- name: errors # here',
  ),
  'failure-limit-reaches-count': metric(
    'successCondition: result[0] < 0.05\nfailureLimit: 5 # here',
  ),
  'failures-ignored': metric(
    'successCondition: result[0] < 0.05\nconsecutiveSuccessLimit: 2\nfailureLimit: -1 # here',
  ),
  'inconclusive-limit-reaches-count': metric(
    'successCondition: result[0] < 0.05\nfailureCondition: result[0] > 0.1\ninconclusiveLimit: 5 # here',
  ),
  'error-limit-high': metric(
    'successCondition: result[0] < 0.05\nconsecutiveErrorLimit: 100 # here',
  ),
  'interval-short': metric('successCondition: result[0] < 0.05').replace(
    'interval: 30s',
    'interval: 1s # here',
  ),
  'only-dry-run': template({
    metric: `successCondition: result[0] < 0.05${QUERY}`,
    spec: 'args: [{ name: hash }]\ndryRun: [{ metricName: .* }]',
  }).replace('- name: errors', '- name: errors # here'),
  'secret-in-arguments': template({
    metric: `successCondition: result[0] < 0.05${QUERY}`,
    spec: `
args:
  - name: hash
  - name: api-token
    value: hunter2 # here
`,
  }),
  'secret-in-header': template({
    metric: `
successCondition: result == 1
provider:
  web:
    url: http://tests/{{args.hash}}
    headers:
      - key: Authorization
        value: Bearer hunter2 # here
`,
  }),
  'insecure-provider': template({
    metric: `
successCondition: result == 1
provider:
  web:
    url: https://tests/{{args.hash}}
    insecure: true # here
`,
  }),
  'job-without-limits': template({
    spec: '',
    metric: `
provider:
  job:
    spec: # here
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: test, image: example/test:1 }]
`,
  }),
  'unused-argument': template({
    metric: `successCondition: result[0] < 0.05${QUERY}`,
    spec: 'args:\n  - name: hash\n  - name: hsh # here',
  }),
};
