import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page of the fleet. */
export const rootRouteRef = createRouteRef();
