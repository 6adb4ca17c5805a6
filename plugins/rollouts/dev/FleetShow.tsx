import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useMemo } from 'react';
import { StateFleetApi } from '../src/__fixtures__/StateFleetApi';
import { fleetAnswer } from '../src/__fixtures__/fleetStates';
import type { FleetStateName } from '../src/__fixtures__/fleetStateNames';
import { fleetMeasures } from '../src/__fixtures__/fleetMeasures';
import { freezeOccurrences } from '../src/__fixtures__/freezes';
import { historyApiRef, type HistoryApi } from '../src/api/HistoryApi';
import { fleetApiRef } from '../src/api/FleetApi';
import { DefaultFleetApi } from '../src/api/DefaultFleetApi';
import { FleetPage } from '../src/fleet/FleetPage';

function failureOf(state: FleetStateName): Error | undefined {
  if (state === 'fleet-forbidden') {
    return Object.assign(new Error('Forbidden'), { statusCode: 403 });
  }
  return state === 'fleet-error'
    ? new Error('Request failed with 503 Service Unavailable.')
    : undefined;
}

/** Knows the measures alone; nothing else of the history is asked for here. */
const history: Partial<HistoryApi> = {
  getMeasures: async () => fleetMeasures(Date.now()),
};

/** The fleet page in one state. */
export const FleetShow = ({ state }: { state: FleetStateName }) => {
  const api = useMemo(() => {
    const answer = fleetAnswer(state, Date.now());
    const made = new StateFleetApi(
      answer?.page,
      answer?.waiting,
      failureOf(state),
    );
    if (state === 'fleet-frozen') {
      made.freezes = freezeOccurrences(Date.now());
    } else if (answer) {
      made.freezes = freezeOccurrences(Date.now()).slice(1);
    }
    return made;
  }, [state]);
  return (
    <TestApiProvider
      apis={[
        [fleetApiRef, api],
        [historyApiRef, history],
      ]}
    >
      <FleetPage />
    </TestApiProvider>
  );
};

/** The fleet page on the API of the page's own server, as the benchmark has it. */
export const ServedFleet = () => {
  const api = useMemo(
    () =>
      DefaultFleetApi.create({
        discoveryApi: {
          getBaseUrl: async pluginId =>
            `${window.location.origin}/api/${pluginId}`,
        },
        fetchApi: { fetch: window.fetch.bind(window) },
      }),
    [],
  );
  return (
    <TestApiProvider apis={[[fleetApiRef, api]]}>
      <FleetPage />
    </TestApiProvider>
  );
};
