import type {
  AnalysisPhase,
  AnalysisRun,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { expectGolden } from '../simulate/testing/golden';
import type { AnalysisFate } from '../simulate/analysisLife';
import { ExperimentScenario } from './testing/experimentScenario';
import { analysisTemplate, experiment, version } from './testing/experiments';

const check = (name: string, requiredForCompletion?: boolean) => ({
  name,
  templateName: 'check',
  ...(requiredForCompletion ? { requiredForCompletion } : {}),
});

/** Ends as told after two seconds, by the analysis' name; others go on. */
const fates =
  (phases: Record<string, AnalysisFate['phase']>) =>
  ({ metadata }: AnalysisRun): AnalysisFate | undefined => {
    const phase = Object.entries(phases).find(([name]) =>
      metadata.name.replace(/\.\d+$/, '').endsWith(`-${name}`),
    )?.[1];
    return phase && { afterMilliseconds: 2_000, phase, message: `it ${phase}` };
  };

const SCENARIOS: [string, AnalysisPhase, () => ExperimentScenario][] = [
  [
    'for-a-duration',
    'Successful',
    () =>
      new ExperimentScenario(
        experiment({
          duration: '1m',
          templates: [
            version('purple', { service: {} }),
            version('orange', { replicas: 2, service: { name: 'orange' } }),
          ],
          analyses: [check('lasting')],
        }),
      ).wait(200),
  ],
  [
    'until-required-analysis',
    'Successful',
    () =>
      new ExperimentScenario(
        experiment({ analyses: [check('decides', true), check('lasting')] }),
        { analysisFate: fates({ decides: 'Successful' }) },
      ).wait(100),
  ],
  [
    'required-beyond-the-duration',
    'Successful',
    () =>
      new ExperimentScenario(
        experiment({
          duration: '5s',
          scaleDownDelaySeconds: 0,
          analyses: [check('decides', true)],
        }),
        {
          analysisFate: () => ({
            afterMilliseconds: 20_000,
            phase: 'Successful',
          }),
        },
      ).wait(100),
  ],
  [
    'failed-analysis',
    'Failed',
    () =>
      new ExperimentScenario(
        experiment({
          duration: '1h',
          analyses: [check('bad'), check('lasting', true)],
        }),
        { analysisFate: fates({ bad: 'Failed' }) },
      ).wait(100),
  ],
  [
    'inconclusive-analysis',
    'Inconclusive',
    () =>
      new ExperimentScenario(
        experiment({ scaleDownDelaySeconds: 0, analyses: [check('unclear')] }),
        { analysisFate: fates({ unclear: 'Inconclusive' }) },
      ).wait(60),
  ],
  [
    'no-pods',
    'Failed',
    () =>
      new ExperimentScenario(
        experiment({ progressDeadlineSeconds: 20, scaleDownDelaySeconds: 5 }),
        {
          podLife: ({ metadata }) =>
            metadata.name.endsWith('orange') ? undefined : 3_000,
        },
      ).wait(60),
  ],
  [
    'terminated',
    'Successful',
    () =>
      new ExperimentScenario(
        experiment({
          duration: '1h',
          scaleDownDelaySeconds: 10,
          analyses: [check('lasting', true)],
        }),
      )
        .wait(30)
        .terminate()
        .wait(60),
  ],
  [
    'retried',
    'Failed',
    () =>
      new ExperimentScenario(experiment({ analyses: [check('bad')] }), {
        analysisFate: fates({ bad: 'Failed' }),
      })
        .wait(20)
        .retry()
        .wait(60),
  ],
  [
    'arguments',
    'Successful',
    () =>
      new ExperimentScenario(
        experiment({
          duration: '10s',
          scaleDownDelaySeconds: 0,
          analyses: [
            {
              ...check('hashes'),
              args: [
                {
                  name: 'hash',
                  value: 'purple is {{templates.purple.podTemplateHash}}',
                },
              ],
            },
          ],
        }),
        { analysisTemplates: [analysisTemplate('check', [{ name: 'hash' }])] },
      ).wait(60),
  ],
];

describe('an experiment from beginning to end', () => {
  it.each(SCENARIOS)('%s: %s', (name, phase, run) => {
    const scenario = run();

    expect(scenario.status.phase).toBe(phase);
    expectGolden(name, scenario.log());
  });
});
