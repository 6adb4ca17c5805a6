import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { rolloutDetail } from './rolloutDetail';
import { rolloutSummary } from './rolloutSummary';
import type { RolloutSources } from './RolloutSources';
import { withoutSecrets } from './withoutSecrets';

/** In a Secret: only the provider's record of the query has it. */
const IN_SECRET = 'tenant-s3cr3t-0001';
/** In the manifest itself. */
const HEADER = 'key-in-a-header-77';
const BODY = '{"login":"in-the-body"}';
const PASSWORD = 'hunter2hunter2';

const run: AnalysisRun = {
  metadata: { name: 'run', uid: 'r1', namespace: 'demo' },
  spec: {
    args: [
      { name: 'service', value: 'colors-canary' },
      {
        name: 'tenant',
        valueFrom: { secretKeyRef: { name: 'metrics', key: 'tenant' } },
      },
    ],
    metrics: [
      {
        name: 'errors',
        provider: {
          prometheus: {
            query: 'sum(x{s="{{args.service}}",t="{{ args.tenant }}"})',
            authentication: { oauth2: { clientSecret: PASSWORD } },
          },
        },
      },
      {
        name: 'web',
        provider: {
          web: {
            url: 'http://metrics/{{args.service}}',
            headers: [
              { key: 'X-Key', value: HEADER },
              { key: 'Content-Type', value: 'application/json' },
            ],
            body: BODY,
          },
        },
      },
    ],
  },
  status: {
    phase: 'Error',
    message: `denied for ${HEADER}`,
    completedAt: '2026-11-01T10:01:00Z',
    metricResults: [
      {
        name: 'errors',
        phase: 'Successful',
        measurements: [{ phase: 'Successful', value: '[0.98]' }],
        metadata: {
          ResolvedPrometheusQuery: `sum(x{s="colors-canary",t="${IN_SECRET}"})`,
        },
      },
      {
        name: 'web',
        phase: 'Error',
        message: `Get "http://ada:${PASSWORD}@metrics:9090/q?key=${IN_SECRET}&x=1": refused`,
        measurements: [
          {
            phase: 'Error',
            value: `echo ${Buffer.from(HEADER).toString('base64')} ${BODY}`,
            message:
              'sent Authorization: Bearer abc123def456; got 401 as application/json',
          },
        ],
      },
    ],
  },
};

const sources: RolloutSources = {
  cluster: 'local',
  rollout: canary({
    status: {
      phase: 'Degraded',
      message: `RolloutAborted: web said ${HEADER}`,
      abort: true,
      canary: {
        currentStepAnalysisRunStatus: { name: 'run', status: 'Error' },
      },
      conditions: [
        { type: 'InvalidSpec', status: 'True', message: `bad ${PASSWORD}` },
      ],
    },
  }),
  entityRefs: [],
  replicaSets: [],
  podsOf: () => [],
  analysisRuns: [run],
  events: [
    {
      metadata: { name: 'e' },
      reason: 'AnalysisRunError',
      message: `echoed ${encodeURIComponent(BODY)}`,
      lastTimestamp: '2026-11-01T10:01:00Z',
    },
  ],
  actions: [],
  recorded: new Map(),
  locksOf: () => [],
  controller: 'argo',
  exists: () => undefined,
};

describe('what people are shown of a rollout', () => {
  const clean = withoutSecrets(sources);
  const detail = rolloutDetail(clean, rolloutSummary(clean));
  const json = JSON.stringify(detail);

  it.each([
    ['from a Secret', IN_SECRET],
    ['in a header', HEADER],
    ['in a header, in base64', Buffer.from(HEADER).toString('base64')],
    ['in a body', 'in-the-body'],
    ['in the authentication and in an address', PASSWORD],
    ['that by its place is a credential', 'abc123def456'],
  ])('has nothing %s', (_, secret) => {
    expect(json).not.toContain(secret);
  });

  it('still has what was measured, and why it failed', () => {
    const [errors, web] = detail.analysisRuns[0]?.metrics ?? [];
    expect(errors?.resolvedQuery).toBe(
      'sum(x{s="colors-canary",t="‹secret›"})',
    );
    expect(errors?.last).toMatchObject({ value: '[0.98]', number: 0.98 });
    expect(web?.message).toBe(
      'Get "http://‹secret›@metrics:9090/q?‹secret›": refused',
    );
    expect(web?.last?.message).toBe(
      'sent Authorization: ‹secret›; got 401 as application/json',
    );
  });
});
