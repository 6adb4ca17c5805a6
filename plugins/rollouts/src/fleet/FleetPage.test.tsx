import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  act,
  screen,
  waitForElementToBeRemoved,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { StateFleetApi } from '../__fixtures__/StateFleetApi';
import { fleetMeasures } from '../__fixtures__/fleetMeasures';
import { freezeOccurrences } from '../__fixtures__/freezes';
import { fleetAnswer } from '../__fixtures__/fleetStates';
import {
  fleetSearch,
  type FleetStateName,
} from '../__fixtures__/fleetStateNames';
import { fleetApiRef } from '../api/FleetApi';
import { historyApiRef, type HistoryApi } from '../api/HistoryApi';
import { ClockContext } from '../live/useNow';
import { FleetPage } from './FleetPage';

// Drawing all of the page takes seconds on a busy machine.
jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-26T12:00:00Z');
const still = { now: () => NOW, every: () => () => {} };

// jsdom lays nothing out: a height lets rows be in sight.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    value: 600,
  });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', {
    configurable: true,
    value: 1200,
  });
});
afterEach(() => window.history.replaceState({}, '', '/'));

const history: Partial<HistoryApi> = {
  getMeasures: async () => fleetMeasures(NOW),
};

function show(
  state: FleetStateName,
  failure?: Error,
  mountedRoutes: Record<string, typeof entityRouteRef> = {
    '/catalog/:namespace/:kind/:name': entityRouteRef,
  },
) {
  const answer = fleetAnswer(state, NOW);
  const api = new StateFleetApi(answer?.page, answer?.waiting, failure);
  api.freezes = state === 'fleet-frozen' ? freezeOccurrences(NOW) : [];
  window.history.replaceState({}, '', `/?${fleetSearch(state)}`);
  const view = renderInTestApp(
    <ClockContext.Provider value={still}>
      <FleetPage />
    </ClockContext.Provider>,
    {
      apis: [
        [fleetApiRef, api],
        [historyApiRef, history],
      ],
      mountedRoutes,
    },
  );
  return { api, answer, ...view };
}

async function rowNames() {
  const grid = await screen.findByRole('grid');
  return within(grid)
    .getAllByRole('rowheader')
    .map(each => each.textContent);
}

describe('the fleet page', () => {
  it('lists all, without links, where the app has no page for entities', async () => {
    show('fleet', undefined, {});
    expect(await rowNames()).not.toHaveLength(0);
    expect(within(screen.getByRole('grid')).queryAllByRole('link')).toEqual([]);
  });

  it('says what waits for me before anything else', async () => {
    const { container } = show('fleet');
    const waiting = await screen.findByRole('region', {
      name: 'Waits for you',
    });
    expect(await within(waiting).findAllByRole('listitem')).not.toHaveLength(0);
    await screen.findByRole('grid');
    const all = [...container.querySelectorAll('section, [role=grid]')];
    expect(all[0]).toBe(waiting);
  });

  it('is a grid that tells how many rows there are, though few are drawn', async () => {
    show('fleet');
    const grid = await screen.findByRole('grid');
    expect(grid).toHaveAttribute('aria-rowcount', '413');
    expect((await rowNames()).length).toBeLessThan(60);
    expect(within(grid).getAllByRole('columnheader')).toHaveLength(7);
  });

  it('links a row to the rollout on its entity’s page', async () => {
    const { answer } = show('fleet');
    const [name] = await rowNames();
    const row = answer!.page.items.find(({ ref }) =>
      name!.startsWith(ref.name),
    );
    const [link] = within(await screen.findByRole('grid')).getAllByRole('link');
    expect(link).toHaveAttribute(
      'href',
      expect.stringMatching(
        new RegExp(
          `^/catalog/default/component/${row!.entityRef!.split('/')[1]}/rollouts\\?rollout=`,
        ),
      ),
    );
  });

  it('takes its filters from the URL and puts changes into it', async () => {
    show('fleet-filtered');
    await screen.findByRole('grid');
    expect(
      screen.getByRole('button', { name: /Paused/, pressed: true }),
    ).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(window.location.search).toBe('');
    await userEvent.click(screen.getByRole('button', { name: /Rolled back/ }));
    expect(window.location.search).toBe('?state=Aborted');
    await userEvent.type(screen.getByRole('searchbox'), 'zzz');
    expect(window.location.search).toBe('?q=zzz&state=Aborted');
    expect(screen.getByText('No rollout passes these filters.')).toBeVisible();
  });

  it('is walked by the arrow keys, with one tab stop', async () => {
    show('fleet');
    const grid = await screen.findByRole('grid');
    act(() => grid.focus());
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    const active = document.getElementById(
      grid.getAttribute('aria-activedescendant')!,
    );
    expect(active).toHaveAttribute('role', 'gridcell');
    expect(active?.closest('[role=row]')).toHaveAttribute('aria-rowindex', '3');
    expect(within(grid).getAllByRole('link')[0]).toHaveAttribute(
      'tabindex',
      '-1',
    );
  });

  it('leaves the keys of a heading to the heading', async () => {
    show('fleet');
    const grid = await screen.findByRole('grid');
    const followed = jest.fn((event: Event) => event.preventDefault());
    within(grid)
      .getAllByRole('link')
      .forEach(link => link.addEventListener('click', followed));
    act(() => grid.focus());
    act(() => screen.getByRole('button', { name: 'Rollout' }).focus());
    await userEvent.keyboard('{Enter}');
    expect(window.location.search).toBe('?sort=name');
    expect(followed).not.toHaveBeenCalled();
  });

  it('lets nothing move under the pointer', async () => {
    const { api, answer } = show('fleet');
    const before = await rowNames();
    await userEvent.hover(screen.getByRole('grid'));
    const healthy = answer!.page.items.find(
      ({ state }) => state === 'Healthy',
    )!;

    act(() =>
      api.push({
        type: 'rows',
        data: [
          {
            ...healthy,
            state: 'Degraded',
            since: new Date(NOW).toISOString(),
          },
        ],
      }),
    );
    const notice = await screen.findByRole('button', {
      name: 'Show the new order',
    });
    expect(await rowNames()).toEqual(before);

    await userEvent.click(notice);
    expect((await rowNames())[0]).toContain(healthy.ref.name);
  });

  it('lets nothing move for who is in it with the keyboard when the pointer leaves', async () => {
    const { api, answer } = show('fleet');
    const before = await rowNames();
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    await userEvent.hover(grid);
    await userEvent.unhover(grid);
    const healthy = answer!.page.items.find(
      ({ state }) => state === 'Healthy',
    )!;

    act(() =>
      api.push({ type: 'rows', data: [{ ...healthy, state: 'Degraded' }] }),
    );

    await screen.findByRole('button', { name: 'Show the new order' });
    expect(await rowNames()).toEqual(before);
  });

  it.each([
    ['fleet-empty', 'No rollouts'],
    ['fleet-no-match', 'No rollout passes these filters.'],
    ['fleet-cluster-down', '3 of 4 clusters'],
    ['fleet-nothing-waits', 'Nothing waits for you.'],
  ] as const)('in the state %s says %s', async (state, text) => {
    show(state);
    expect(await screen.findByText(text)).toBeVisible();
  });

  it('says why it has nothing, and what to do', async () => {
    show(
      'fleet-forbidden',
      Object.assign(new Error('no'), { statusCode: 403 }),
    );
    expect(await screen.findByText('You may not see the fleet.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('says what is closed now, and marks the days that will be', async () => {
    show('fleet-frozen');
    expect(
      await screen.findByText(/^Frozen until .*: Checkout sale$/),
    ).toBeVisible();
    expect(
      screen.getByText(/abort never is.*Concerns system checkout/),
    ).toBeVisible();
    expect(
      screen.getAllByRole('listitem', { name: /Weekend/ }).length,
    ).toBeGreaterThan(8);
  });

  it('says at once of a freeze that somebody made or ended', async () => {
    const { api } = show('fleet');
    await screen.findByRole('grid');
    api.freezes = freezeOccurrences(NOW);
    act(() => api.push({ type: 'freezes', data: {} }));
    expect(await screen.findByText(/: Checkout sale$/)).toBeVisible();

    api.freezes = [];
    // What was missed is said by nothing else.
    act(() => api.push({ type: 'reload', data: {} }));
    await waitForElementToBeRemoved(() =>
      screen.queryByText(/: Checkout sale$/),
    );
  });

  it('has the four measures on a view of its own, which is in the URL', async () => {
    show('fleet');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Measures' }),
    );
    expect(await screen.findByText('Change failure rate')).toBeVisible();
    expect(screen.getByText('6 h')).toBeVisible();
    expect(window.location.search).toBe('?view=measures');
  });

  it('has no faults that axe can find', async () => {
    const { container } = show('fleet');
    await screen.findByRole('grid');
    expect(await axe(container)).toHaveNoViolations();
  });
});
