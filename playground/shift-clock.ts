/**
 * Loaded before the bot (`node --import`): lets the playground move the bot's clock, in a product that knows nothing
 * of it. The offset (milliseconds) comes from PLAYGROUND_CLOCK at the start and from the parent process later, which
 * is told when it holds.
 */
const RealDate = Date;
let offset = Number(process.env.PLAYGROUND_CLOCK ?? 0);

class ShiftedDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;

process.on('message', (message: { clock?: number }) => {
  if (typeof message.clock !== 'number') return;
  offset = message.clock;
  process.send?.({ clock: offset }, undefined, undefined, () => {});
});
// A bot whose playground is gone has nobody left to stop it.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
