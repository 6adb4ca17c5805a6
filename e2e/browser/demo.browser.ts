import { expect, test } from '@playwright/test';
import { requestCounts } from './gateway/requestCounts';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';

test('blue to green by hand, back from red by itself', async ({
  page,
}, info) => {
  const picture = async (name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  await signIn(page, 'Ada');
  const colors = new RolloutPage(page, 'colors');
  await colors.openTab();
  await colors.expectPhase('Healthy');
  await picture('healthy');

  await test.step('green gets 20 % of the requests and waits', async () => {
    await colors.setImage('demo/colors:green');
    await colors.expectPhase('Paused');
    await expect(
      colors.actions.getByRole('button', { name: 'Promote to 40 %' }),
    ).toBeEnabled();
    // At 20 requests a second, fifteen seconds at this weight are 300.
    await page.waitForTimeout(17_000);
    const counts = await requestCounts('colors', 15);
    expect(counts.total).toBeGreaterThanOrEqual(200);
    const share = (counts.byColor.green ?? 0) / counts.total;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
    expect(counts.errors).toBe(0);
    await picture('paused');
    await colors.openOverview();
    await picture('card-paused');
  });

  await test.step('promoted, it goes on to everybody by itself', async () => {
    await colors.act(/^Promote to 40 %$/);
    await colors.openTab();
    await colors.expectPhase('Healthy', 90_000);
    await expect
      .poll(async () => (await requestCounts('colors', 3)).byColor)
      .toEqual({ green: expect.any(Number) });
    await picture('green');
  });

  await test.step('red is rolled back with no hand on it', async () => {
    await colors.setImage('demo/colors:red');
    await colors.expectPhase('Rolled back', 90_000);
    // The page says which metric, which value and which threshold.
    const main = page.getByRole('main').last();
    await expect(main.getByText(/success-rate/).first()).toBeVisible();
    await expect(main.getByText(/95 %/).first()).toBeVisible();
    await expect(main.getByText(/rolled back/i).first()).toBeVisible();
    await expect
      .poll(async () => (await requestCounts('colors', 3)).errors)
      .toBe(0);
    const minute = await requestCounts('colors', 60);
    expect(minute.errors).toBeGreaterThan(0);
    expect(minute.errors / minute.total).toBeLessThan(0.1);
    await picture('rolled-back');
    await colors.openOverview();
    await picture('card-rolled-back');
  });

  await test.step('the earlier image makes it healthy again', async () => {
    await colors.openTab();
    await colors.setImage('demo/colors:green');
    await colors.expectPhase('Healthy', 30_000);
  });
});
