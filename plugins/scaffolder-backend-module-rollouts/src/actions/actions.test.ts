import { parse } from 'yaml';
import { createConvertDeploymentAction } from './convertDeployment';
import { createGenerateAction } from './generate';
import { createLintAction } from './lint';
import { createSimulateAction } from './simulate';
import { createWaitForAction } from './waitFor';

describe('every action', () => {
  const none = {} as never;
  const all = [
    createGenerateAction(),
    createConvertDeploymentAction(),
    createLintAction(none),
    createSimulateAction(none),
    createWaitForAction(none, none),
  ];

  it.each(all.map(each => [each.id, each] as const))(
    '%s has a dry run, and examples that its schema takes',
    (id, action) => {
      expect(action.supportsDryRun).toBe(true);
      expect(action.examples?.length).toBeGreaterThan(0);
      const properties = Object.keys(
        (action.schema?.input as { properties?: object })?.properties ?? {},
      );
      for (const { example } of action.examples ?? []) {
        const [step] = parse(example).steps;
        expect(step.action).toBe(id);
        expect(properties).toEqual(
          expect.arrayContaining(Object.keys(step.input)),
        );
      }
    },
  );
});
