import type { StepKind } from './stepKind';
import { validateStringMatch } from './stringMatch';

/** Sends requests with certain headers to the canary, whatever its weight. */
export const setHeaderRouteStep: StepKind = {
  field: 'setHeaderRoute',
  label: ({ setHeaderRoute }) =>
    setHeaderRoute?.match?.length
      ? `setHeaderRoute: ${setHeaderRoute.name} (${setHeaderRoute.match
          .map(each => each.headerName)
          .join(', ')})`
      : `setHeaderRoute: ${setHeaderRoute?.name} ends`,
  validate({ setHeaderRoute }, path) {
    return (setHeaderRoute?.match ?? []).flatMap((each, i) =>
      validateStringMatch(
        each.headerValue,
        `${path}.setHeaderRoute.match[${i}]`,
      ),
    );
  },
  run: ({ step, reached }) => ({
    done: reached,
    why: reached
      ? `the header route ${step.setHeaderRoute?.name} is ${step.setHeaderRoute?.match?.length ? 'there' : 'gone'}`
      : 'waiting for the routes to say so',
  }),
};
