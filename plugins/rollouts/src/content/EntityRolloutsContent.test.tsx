import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import { STATE_NAMES } from '../__fixtures__/stateNames';
import {
  answerOf,
  colorsEntity,
  renderOn,
  renderState,
} from '../__testUtils__/renderState';
import { EntityRolloutsContent } from './EntityRolloutsContent';

const withRollouts = STATE_NAMES.filter(
  name =>
    !['loading', 'error', 'forbidden', 'not-annotated', 'no-rollouts'].includes(
      name,
    ),
);

// axe reads a whole page; on a busy machine that takes seconds.
jest.setTimeout(60_000);

describe('EntityRolloutsContent', () => {
  it.each(withRollouts)('has nothing that axe finds when %s', async state => {
    const { container } = renderState(state, <EntityRolloutsContent />);
    await screen.findAllByText('What happened');
    await waitFor(() =>
      expect(container.querySelector('.bui-Skeleton')).toBeNull(),
    );

    expect(await axe(container)).toHaveNoViolations();
  });

  it('names what people did as the buttons name it', async () => {
    renderState('rolled-back', <EntityRolloutsContent />);

    const [what] = await screen.findAllByText(
      /^Set image of colors|Set the image of colors/,
    );
    expect(what).toHaveTextContent('Set image Set the image of colors');
  });

  it('shows the metric that decided: chart, each measurement, resolved query', async () => {
    renderState('rolled-back', <EntityRolloutsContent />);

    const [chart] = await screen.findAllByRole('img', {
      name: 'success rate, 4 measurements',
    });
    expect(chart).toHaveTextContent('threshold ≥ 95 %');
    expect(
      screen.getAllByText('4 measured · 3 failed, 2 allowed')[0],
    ).toBeInTheDocument();
    const [table] = screen.getAllByRole('table', { name: 'Measurements' });
    expect(
      within(table!)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent?.slice(8).replace(/\s/g, ' ')),
    ).toEqual(['71 %failed', '74 %failed', '82 %failed', '98 %passed']);
    expect(
      screen.getAllByText(/destination_service_name="colors-canary"/)[0],
    ).toBeInTheDocument();
  });

  it('tells NaN, a dry run and a metric that passes on NaN from the rest', async () => {
    renderState('analysing', <EntityRolloutsContent />);

    expect(
      (await screen.findAllByText('dry run: does not decide'))[0],
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('Passes on NaN: it only has a failureCondition.')[0],
    ).toBeInTheDocument();
    expect((await screen.findAllByText('NaN'))[0]).toBeInTheDocument();
    expect(
      screen.getAllByText(
        '6 of 10 measured · 0 of 1 failures allowed · 1 inconclusive',
      )[0],
    ).toBeInTheDocument();
  });

  it('says why pods wait', async () => {
    renderState('degraded', <EntityRolloutsContent />);

    expect(await screen.findByText('ImagePullBackOff')).toBeVisible();
    expect(screen.getByText('5 restarts')).toBeVisible();
    expect(
      screen.getByText(
        'The image demo/colors:unpullable cannot be pulled: not found.',
      ),
    ).toBeVisible();
  });

  it('opens a pod log and says when it cannot be read', async () => {
    const { api } = renderState('paused', <EntityRolloutsContent />);
    const user = userEvent.setup();
    const [log] = await screen.findAllByRole('button', { name: /^Log of / });
    await user.click(log!);
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/listening on :8080/)).toBeVisible();

    api.getPodLog = async () => {
      throw new Error('the pod is gone');
    };
    await user.click(
      within(dialog).getByRole('button', { name: 'Read again' }),
    );
    expect(
      await within(dialog).findByText(
        'The log could not be read: the pod is gone',
      ),
    ).toBeVisible();
  });

  it('explains each step, and says how long it took', async () => {
    renderState('timed-pause', <EntityRolloutsContent />);

    const list = await screen.findByRole('list', { name: 'Steps of colors' });
    const [first] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('20 %');
    expect(first).toHaveTextContent('done · took 11 s');
    expect(first).toHaveTextContent(
      'Routes 20 % of the requests to the canary and runs 1 of 5 pods for it.',
    );
  });

  it('says where an aborted rollout was stopped and what was not run', async () => {
    renderState('rolled-back', <EntityRolloutsContent />);

    const list = await screen.findByRole('list', { name: 'Steps of colors' });
    const states = within(list)
      .getAllByRole('listitem')
      .map(
        item =>
          /done|failed|stopped here|not run|skipped|to come/.exec(
            item.textContent ?? '',
          )?.[0],
      );
    expect(states).toEqual([
      'done',
      'stopped here',
      ...Array(6).fill('not run'),
    ]);
  });

  it('collapses many steps around the current one and opens when asked', async () => {
    renderState('many-steps', <EntityRolloutsContent />);
    const user = userEvent.setup();

    const list = await screen.findByRole('list', { name: 'Steps of colors' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(12);
    const [gap] = within(list).getAllByRole('button', { name: /^show/ });
    await user.click(gap!);
    expect(within(list).getAllByRole('listitem')).toHaveLength(24);
  });

  it('shows routes besides the weight', async () => {
    renderState('timed-pause', <EntityRolloutsContent />);

    const routes = await screen.findByRole('list', {
      name: 'Routes besides the weight',
    });
    expect(
      within(routes)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['x-debug: true → canary', '10 % mirrored']);
  });

  it('ends an analysis when the cluster shows it', async () => {
    const { api } = renderState('analysing', <EntityRolloutsContent />);
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'End analysis' }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.click(
      within(dialog).getByRole('button', { name: 'End analysis' }),
    );
    await waitFor(() => expect(api.asked).toHaveLength(1));
    expect(api.asked[0]).toMatchObject({
      action: 'terminate-analysis',
      request: { analysisRun: 'colors-5f6b7c8d99-2-5' },
    });
  });

  it('removes a rollout that was deleted', async () => {
    const { api } = renderState('several', <EntityRolloutsContent />);
    await screen.findByText('search');

    act(() =>
      api.push({
        type: 'removed',
        data: answerOf('replicas').rollouts[0]!.rollout.ref,
      }),
    );

    await waitFor(() => expect(screen.queryByText('search')).toBeNull());
    expect(screen.getByText('colors')).toBeVisible();
  });

  it('asks for the annotation when there is none', async () => {
    renderOn(new StateRolloutsApi(undefined), <EntityRolloutsContent />, {
      ...colorsEntity,
      metadata: { ...colorsEntity.metadata, annotations: {} },
    });

    expect(await screen.findByText('Missing Annotation')).toBeVisible();
  });
});
