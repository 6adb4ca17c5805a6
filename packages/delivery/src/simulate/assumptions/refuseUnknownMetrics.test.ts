import { assumeMissing } from '../manifests/assumeMissing';
import { readObjects, sortObjects } from '../manifests/readManifests';
import { rolloutYaml, SUCCESS_RATE } from '../testing/simulateYaml';
import { AssumptionError } from './assumptions';
import { refuseUnknownMetrics } from './refuseUnknownMetrics';

const analysed = (template: string) =>
  rolloutYaml({
    strategy: `canary: { steps: [{ analysis: { templates: [{ templateName: ${template} }] } }] }`,
  });

const simulated = (text: string) => {
  const manifests = sortObjects(readObjects('manifest.yaml', text));
  return manifests.rollouts.map(each => assumeMissing(each, manifests));
};

const FAILS = [{ from: 0, is: { value: 0.5 } }];

describe('assumed metrics', () => {
  it('are those of a template, or have the name of one that is missing', () => {
    const all = simulated(
      `${analysed('success-rate')}${SUCCESS_RATE}---\n${analysed('latency')}`,
    );
    expect(all).toHaveLength(2);

    expect(() =>
      refuseUnknownMetrics(
        { metrics: { 'success-rate': FAILS, latency: FAILS } },
        all,
      ),
    ).not.toThrow();
  });

  it.each([
    [
      'with those that there are',
      analysed('latency'),
      'no analysis measures sucess-rate; there are latency',
    ],
    [
      'where nothing is measured',
      rolloutYaml({ strategy: 'canary: {}' }),
      'no analysis measures sucess-rate: there are no metrics at all',
    ],
    [
      'where a template has none',
      `${analysed('latency')}---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: latency }
spec: {}
`,
      'no analysis measures sucess-rate: there are no metrics at all',
    ],
  ])('are refused %s', (_, text, message) => {
    const refused = () =>
      refuseUnknownMetrics(
        { metrics: { 'sucess-rate': FAILS } },
        simulated(text),
      );

    expect(refused).toThrow(AssumptionError);
    expect(refused).toThrow(message);
  });
});
