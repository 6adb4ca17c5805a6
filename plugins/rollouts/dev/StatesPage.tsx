import { Link, Select } from '@backstage/ui';
import { useState } from 'react';
import {
  FLEET_STATE_NAMES,
  fleetSearch,
} from '../src/__fixtures__/fleetStateNames';
import {
  APPROVAL_STATE_NAMES,
  DIALOG_STATE_NAMES,
  HISTORY_STATE_NAMES,
  STATE_NAMES,
  type StateName,
} from '../src/__fixtures__/stateNames';
import { STRATEGY_STATE_NAMES } from '../src/__fixtures__/strategyFieldStateNames';
import { DialogShow } from './DialogShow';
import { FleetShow, ServedFleet } from './FleetShow';
import { StateShow } from './StateShow';
import { StrategyShow } from './StrategyShow';

/**
 * `?state=paused&view=tab` shows one state alone, `?state=history-gap` one of
 * the history; without a state, a choice.
 */
export const StatesPage = () => {
  const query = new URLSearchParams(window.location.search);
  const fleet = FLEET_STATE_NAMES.find(name => name === query.get('fleet'));
  const history = HISTORY_STATE_NAMES.find(name => name === query.get('state'));
  const approval = APPROVAL_STATE_NAMES.find(
    name => name === query.get('state'),
  );
  const asked = STATE_NAMES.find(name => name === query.get('state'));
  const [chosen, setChosen] = useState<StateName>('paused');
  const view = history || query.get('view') === 'tab' ? 'tab' : 'card';
  const state = asked ?? chosen;
  if (query.get('fleet') === 'server') {
    return <ServedFleet />;
  }
  const strategy = STRATEGY_STATE_NAMES.find(
    name => name === query.get('strategy'),
  );
  if (strategy) {
    return (
      <div data-shot={strategy}>
        <StrategyShow state={strategy} />
      </div>
    );
  }
  const dialog = DIALOG_STATE_NAMES.find(name => name === query.get('dialog'));
  if (dialog) {
    return <DialogShow state={dialog} />;
  }
  if (fleet) {
    return (
      <div data-shot={fleet}>
        <FleetShow state={fleet} />
      </div>
    );
  }
  return (
    <div style={{ padding: 24 }}>
      {!asked && !history && !approval && (
        <nav style={{ marginBottom: 24, display: 'flex', gap: 16 }}>
          <Select
            label="State"
            options={STATE_NAMES.map(name => ({ value: name, label: name }))}
            value={state}
            onChange={value =>
              setChosen(STATE_NAMES.find(name => name === value) ?? 'paused')
            }
          />
          {FLEET_STATE_NAMES.map(name => (
            <Link key={name} href={`?fleet=${name}&${fleetSearch(name)}`}>
              {name}
            </Link>
          ))}
          {STRATEGY_STATE_NAMES.map(name => (
            <Link key={name} href={`?strategy=${name}`}>
              {name}
            </Link>
          ))}
          {DIALOG_STATE_NAMES.map(name => (
            <Link key={name} href={`?dialog=${name}`}>
              {name}
            </Link>
          ))}
          <Link href="?view=card">card</Link>
          <Link href="?view=tab">tab</Link>
        </nav>
      )}
      <div data-shot={history ?? approval ?? state}>
        <StateShow
          key={`${state} ${view}`}
          state={state}
          approval={approval}
          history={history}
          view={view}
        />
      </div>
    </div>
  );
};
