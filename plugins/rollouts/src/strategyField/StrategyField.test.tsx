import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { useState } from 'react';
import { StatePreviewApi } from '../__fixtures__/StatePreviewApi';
import { previewApiRef } from '../api/PreviewApi';
import { StrategyField } from './StrategyField';
import type { StrategyValue } from './strategyValue';

// Opening lists takes seconds on a busy machine.
jest.setTimeout(60_000);

const show = (
  api = new StatePreviewApi(({ assumptions, files }) => {
    if (assumptions.failAtStep !== undefined) return 'failing';
    return files.some(({ text }) => text.includes('blueGreen'))
      ? 'blue-green'
      : 'standard';
  }),
) => {
  const values: StrategyValue[] = [];
  const Form = () => {
    const [value, setValue] = useState<StrategyValue>({});
    return (
      <StrategyField
        formData={value}
        onChange={next => {
          values.push(next);
          setValue(next);
        }}
        formContext={{ formData: { name: 'shop' } }}
      />
    );
  };
  const view = renderInTestApp(<Form />, { apis: [[previewApiRef, api]] });
  return { api, values, view };
};

describe('the strategy field', () => {
  it('shows the future of the strategy for the service that the form names', async () => {
    const { api } = show();
    expect(
      await screen.findByText(
        /Everybody is on the new version after 15 min 15 s/,
      ),
    ).toBeInTheDocument();
    expect(api.asked[0]?.files.at(-1)?.text).toContain('name: shop');
    const costs = screen.getByRole('table', { name: 'What an abort costs' });
    expect(
      within(costs).getByRole('row', { name: /step 2\/6 \(pause: 5m\) 25\s%/ }),
    ).toBeInTheDocument();
  });

  it('begins with what the template chose', async () => {
    const values: StrategyValue[] = [];
    const defaults = { router: 'istio' } as const;
    renderInTestApp(
      <StrategyField
        formData={{}}
        onChange={value => values.push(value)}
        defaults={defaults}
      />,
      { apis: [[previewApiRef, new StatePreviewApi(() => 'standard')]] },
    );
    expect(
      await screen.findByRole('button', { name: /Istio/ }),
    ).toBeInTheDocument();
    expect(values).toEqual([defaults]);
  });

  it('shows another one for another preset', async () => {
    const { values } = show();
    await userEvent.click(
      await screen.findByRole('radio', { name: /Blue-green/ }),
    );
    expect(await screen.findByText(/after 3 min 5 s/)).toBeInTheDocument();
    expect(values.at(-1)).toEqual({ preset: 'blue-green' });
    expect(screen.queryByLabelText(/Weights/)).not.toBeInTheDocument();
  });

  it('says what happens when it fails at a step', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: /all goes well/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /fails at step 3/ }),
    );
    expect(
      await screen.findByText(/Everybody is back on the old version/),
    ).toBeInTheDocument();
    expect(api.asked.at(-1)?.assumptions).toEqual({ failAtStep: 3 });
  });

  it('begins again with all going well when another preset is chosen', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: /all goes well/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /fails at step 3/ }),
    );
    await screen.findByText(/Everybody is back on the old version/);
    await userEvent.click(screen.getByRole('radio', { name: /Cautious/ }));
    expect(
      await screen.findByRole('button', { name: /all goes well/ }),
    ).toBeInTheDocument();
    expect(api.asked.at(-1)?.assumptions).toEqual({});
  });

  it('shows no future of before when it comes after the one of now', async () => {
    let finish = () => {};
    const late = new Promise<void>(resolve => {
      finish = resolve;
    });
    /** The first answer takes until the test lets it come. */
    class LateApi extends StatePreviewApi {
      async simulate(...asked: Parameters<StatePreviewApi['simulate']>) {
        const answer = await super.simulate(...asked);
        if (this.asked.length === 1) await late;
        return answer;
      }
    }
    show(
      new LateApi(({ files }) =>
        files.some(({ text }) => text.includes('blueGreen'))
          ? 'blue-green'
          : 'standard',
      ),
    );
    await userEvent.click(
      await screen.findByRole('radio', { name: /Blue-green/ }),
    );
    await screen.findByText(/after 3 min 5 s/);
    await act(async () => finish());
    expect(screen.getByText(/after 3 min 5 s/)).toBeInTheDocument();
    expect(screen.queryByText(/15 min 15 s/)).not.toBeInTheDocument();
  });

  it('lets no step fail that there is not any more', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: /all goes well/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /fails at step 5/ }),
    );
    await screen.findByText(/Everybody is back on the old version/);
    fireEvent.change(screen.getByLabelText(/Weights/), {
      target: { value: '50' },
    });
    expect(
      await screen.findByRole('button', { name: /all goes well/ }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/Everybody is on the new version/),
    ).toBeInTheDocument();
    expect(api.asked.slice(-2).map(({ assumptions }) => assumptions)).toEqual([
      { failAtStep: 5 },
      {},
    ]);
  });

  it('says what is wrong where it was made, and asks for no future of it', async () => {
    const { api } = show();
    const weights = await screen.findByLabelText(/Weights/);
    await screen.findByText(/15 min 15 s/);
    const before = api.asked.length;
    fireEvent.change(weights, { target: { value: '50, 10' } });
    expect(await screen.findByText(/above the one before/)).toBeInTheDocument();
    expect(screen.getByText(/Mend what is marked/)).toBeInTheDocument();
    expect(screen.queryByText(/15 min 15 s/)).not.toBeInTheDocument();
    expect(api.asked).toHaveLength(before);
  });

  it.each([
    ['Replicas', '1000000', /must be from 1 to 1000/],
    ['Replicas', '0', /must be from 1 to 1000/],
    ['Replicas', '', /must be from 1 to 1000/],
    ['Good answers, at least %', '101', /above 0 and at most 100$/],
    ['Good answers, at least %', '0', /above 0 and at most 100$/],
    ['Measurements that may fail', '-1', /must be 0 or more/],
  ])(
    'keeps %s %j as it was typed, and says why not',
    async (label, typed, why) => {
      show();
      const field = await screen.findByRole('textbox', { name: label });
      await userEvent.clear(field);
      if (typed !== '') await userEvent.type(field, typed);
      await userEvent.tab();
      expect(await screen.findByText(why)).toBeInTheDocument();
      expect(field).toHaveValue(typed);
      expect(field).toBeInvalid();
    },
  );

  it('says which weights the pods can make, and only where they cannot make all', async () => {
    show();
    const weights = await screen.findByLabelText(/Weights/);
    expect(screen.getByText(/can make 25, 50, 75 %/)).toBeInTheDocument();
    await screen.findByText(/15 min 15 s/);
    fireEvent.change(weights, { target: { value: '25, 50, 75' } });
    await screen.findByText(/15 min 15 s/);
    expect(screen.queryByText(/can make/)).not.toBeInTheDocument();
  });

  it('tells of a moment', async () => {
    show();
    const slider = await screen.findByRole('slider', {
      name: 'Look at a moment',
    });
    fireEvent.change(slider, { target: { value: '0.25' } });
    expect(
      await screen.findByText(/^At 3 min 5\d s: 25\s% of the requests/),
    ).toBeInTheDocument();
    expect(slider).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/25\s%/),
    );
  });

  it('says why there is no future, and keeps the form', async () => {
    show(new StatePreviewApi(() => 'standard', [], new Error('no backend')));
    expect(await screen.findByText(/no backend/)).toBeInTheDocument();
    expect(screen.getByLabelText(/Weights/)).toBeEnabled();
  });

  it('can be used without eyes', async () => {
    const { view } = show();
    await screen.findByText(/15 min 15 s/);
    expect(await axe(view.container)).toHaveNoViolations();
  });
});
