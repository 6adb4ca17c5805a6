import type { StepKind } from './stepKind';
import { validateStringMatch } from './stringMatch';

/** Copies a share of the matching requests to the canary; nobody sees its answers. */
export const setMirrorRouteStep: StepKind = {
  field: 'setMirrorRoute',
  label: ({ setMirrorRoute }) =>
    setMirrorRoute?.match?.length
      ? `setMirrorRoute: ${setMirrorRoute.name} ${setMirrorRoute.percentage ?? 100} %`
      : `setMirrorRoute: ${setMirrorRoute?.name} ends`,
  validate({ setMirrorRoute }, path) {
    const field = `${path}.setMirrorRoute`;
    const { percentage, match = [] } = setMirrorRoute ?? {};
    return [
      ...(percentage !== undefined && (percentage < 0 || percentage > 100)
        ? [
            {
              field: `${field}.percentage`,
              kind: 'Invalid value' as const,
              value: percentage,
              detail: 'must be between 0 and 100',
            },
          ]
        : []),
      ...match.flatMap(({ method, path: url, headers }, i) => [
        ...(method ? validateStringMatch(method, `${field}.match[${i}]`) : []),
        ...(url ? validateStringMatch(url, `${field}.match[${i}]`) : []),
        ...Object.entries(headers ?? {}).flatMap(([name, value]) =>
          validateStringMatch(value, `${field}.match[${i}].headers[${name}]`),
        ),
      ]),
    ];
  },
  run: ({ step, reached }) => ({
    done: reached,
    why: reached
      ? `the mirror route ${step.setMirrorRoute?.name} is ${step.setMirrorRoute?.match?.length ? 'there' : 'gone'}`
      : 'waiting for the routes to say so',
  }),
};
