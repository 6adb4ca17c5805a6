import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useMemo } from 'react';
import { StateFleetApi } from '../src/__fixtures__/StateFleetApi';
import { fleetAnswer } from '../src/__fixtures__/fleetStates';
import type { FleetStateName } from '../src/__fixtures__/fleetStateNames';
import { fleetApiRef } from '../src/api/FleetApi';
import { FleetPage } from '../src/fleet/FleetPage';

function failureOf(state: FleetStateName): Error | undefined {
  if (state === 'fleet-forbidden') {
    return Object.assign(new Error('Forbidden'), { statusCode: 403 });
  }
  return state === 'fleet-error'
    ? new Error('Request failed with 503 Service Unavailable.')
    : undefined;
}

/** The fleet page in one state. */
export const FleetShow = ({ state }: { state: FleetStateName }) => {
  const api = useMemo(() => {
    const answer = fleetAnswer(state, Date.now());
    return new StateFleetApi(answer?.page, answer?.waiting, failureOf(state));
  }, [state]);
  return (
    <TestApiProvider apis={[[fleetApiRef, api]]}>
      <FleetPage />
    </TestApiProvider>
  );
};
