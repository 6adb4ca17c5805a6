import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { strategyFieldOptions } from './strategyFieldOptions';

/** The field `RolloutStrategy` of software templates. */
export const strategyFormField = createFormField(strategyFieldOptions);
