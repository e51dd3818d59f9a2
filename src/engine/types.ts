/** "poc", "dev", "dev+stage", "account" ...: what owns a thing, and the name of the lock that guards it. */
export type Scope = string

/** Time as the run sees it. In the sandbox it runs faster than the wall clock. */
export interface Clock {
  now(): number
  sleep(milliseconds: number, stop?: AbortSignal): Promise<void>
  /** What is under way is waited for that long at least: where time runs fast, not everything runs fast with it. */
  readonly patience?: number
}

export type Phase = "ready" | "pending" | "leaving" | Failed

export interface Failed {
  readonly failed: string
  /** What to do about it, where AWS or the node knows more than that it can be tried again. */
  readonly hint?: string
}

/** What the account holds, as a kind's `list` or a step's `read` found it. */
export interface Found<Live> {
  readonly live: Live
  readonly owner: "ours" | "adopted" | "foreign"
  readonly phase: Phase
  /** In words, where what is pending waits for a person to do something elsewhere: no run waits for that. */
  readonly waitsFor?: string | undefined
}

export interface Listed<Live> extends Found<Live> {
  readonly scope: Scope
  readonly name: string
}

export interface PriceRow {
  readonly sku: string
  readonly units: number
}

export interface Permission {
  readonly action: string | readonly string[]
  readonly resource?: string
  readonly when?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** What a new thing is born with. */
export interface Birth {
  readonly scope: Scope
  /** Kind and name of its step, such as `subnet/public-a`. */
  readonly key: string
  /** The same in every attempt to make this very thing, also by a later run; 64 letters and digits at the most. */
  readonly token: string
}

/**
 * What makes a second create of the same thing harmless, or not:
 * "name": AWS refuses a second one of the same name; "token": AWS recognises our token;
 * "tags": nothing does, so the engine looks for what it may have made before it makes another.
 */
export type Uniqueness = "name" | "token" | "tags"

/** Seconds that it usually takes. */
export interface Usually {
  readonly create: number
  readonly update?: number
  readonly destroy?: number
}

/** All that does not depend on one wish, so that what left the blueprint can still be found, priced and destroyed. */
export interface Kind<C, Live extends object> {
  readonly name: string
  readonly unique: Uniqueness
  /** All things of this kind in these scopes, by tag: one call however many there are. */
  list?(ctx: C, scopes: readonly Scope[]): Promise<readonly Listed<Live>[]>
  /** The single reads per thing that no list gives; `completes` says how many calls that is. */
  complete?(ctx: C, found: Listed<Live>): Promise<Found<Live>>
  readonly completes?: number
  /**
   * Resolves to what stays behind, in words with its price and date, if something does: the words alone where it is the
   * thing itself that stays.
   */
  destroy?(ctx: C, live: Live, options: DestroyOptions): Promise<string | Leaving | undefined>
  /** Takes our mark off an adopted thing, which is never destroyed. */
  release?(ctx: C, live: Live): Promise<void>
  /** Kinds whose things go, or let go of them, before things of this kind go, where no graph says so. */
  readonly before?: readonly string[]
  /** Fields that cannot change in place: a difference is a replacement. */
  readonly fixed: readonly (keyof Live & string)[]
  /**
   * What has failed is taken up again by `update`, and nothing is destroyed for it. These fields say what it is at:
   * while they are not as wanted, it is told at once, and not waited for.
   */
  readonly resumes?: readonly (keyof Live & string)[]
  /** What only the thing itself knows, and says anew after each change: what stands on it is looked at again then. */
  readonly tells?: readonly (keyof Live & string)[]
  /**
   * Whether a fixed field that differs says by itself that what is there, whatever it holds, was wished away: then
   * nobody need ask for that a second time.
   */
  superseded?(field: string, live: Live, want: unknown): boolean
  /** What is wished stands in it: before it does, nothing goes that makes room for what is wished. */
  readonly keepsWish?: true
  /** Where two values of a field that look different amount to the same. */
  agrees?(field: string, live: unknown, want: unknown): boolean
  /** What its changes come to, where their values would say nothing to a reader. */
  inWords?(changes: readonly Pick<Change, "live" | "want">[]): readonly string[]
  /**
   * In words with its price, why it stays where it was to go: then nothing of it is touched. Said without asking, so
   * that a plan says it.
   */
  stays?(live: Live, options: Pick<DestroyOptions, "purge">): string | undefined
  /** Stands for a thing that does not exist yet, where a plan needs its fields. */
  readonly blank: Live
  readonly holdsData?: true
  /** What stays after a destroy even when all goes well. */
  readonly remains?: string
  readonly allow: readonly Permission[]
  price?(live: Live): readonly PriceRow[]
  readonly usually: Usually
}

/** The thing goes, and leaves something: a snapshot. */
export interface Leaving {
  readonly leaves: string
}

export interface DestroyOptions {
  /** All of its environment goes in this run, and what it stands on with it. */
  readonly whole?: boolean
  /** Another one takes its place in this run: what still has it must let go of it, and is given that one. */
  readonly succeeded?: boolean
  /** Also what holds data and would otherwise remain. */
  readonly purge: boolean
}

// A graph holds steps of many types; what is wanted of each was checked where it was made.
// biome-ignore lint/suspicious/noExplicitAny: existential types are not expressible otherwise
export type AnyStep<C = any> = Step<C, any, any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyKind<C = any> = Kind<C, any>

/** Any step whose live thing has at least these fields: what a step asks for as its need, whatever kind gives it. */
export type StepOf<C, Live extends object> = Omit<AnyStep<C>, "kind"> & {
  readonly kind: Omit<AnyKind<C>, "blank"> & { readonly blank: Live }
}

/** A need is one step, or a list of steps of the same kind. */
export type Needs = Readonly<Record<string, AnyStep | readonly AnyStep[]>>
type LiveOf<S> = S extends { readonly kind: { readonly blank: infer Live } }
  ? Live
  : S extends readonly (infer Item)[]
    ? readonly LiveOf<Item>[]
    : never
export type Lives<N extends Needs> = { readonly [K in keyof N]: LiveOf<N[K]> }

/** What is there, and nobody wishes any more. */
export interface Unwished {
  readonly kind: AnyKind
  readonly live: object
}

export interface Change<Live = object> {
  readonly field: keyof Live & string
  readonly live: unknown
  readonly want: unknown
}

/** One thing that must be so. */
export interface Step<C, Live extends object, N extends Needs, Spec> {
  readonly kind: Kind<C, Live>
  readonly name: string
  readonly scope: Scope
  readonly needs: N
  /** These needs must only exist; the others must be ready. */
  readonly started?: readonly (keyof N & string)[]
  /** These needs cannot go while it stands in them: where one of them is replaced, so is it. */
  readonly rooted?: readonly (keyof N & string)[]
  /** The wanted values that are known before anything exists. */
  readonly spec: Spec
  /** The wanted values that only the needs know, such as the subnet of an instance. */
  links?(needs: Lives<N>): Partial<Live>
  /**
   * Where a run takes away what is no longer wished: how it is without that. In a run that does not, what nobody wishes
   * of it stays as it is.
   */
  without?(live: Live, unwished: readonly Unwished[]): Partial<Live>
  /** In words, with what to do, why what is there can never be as wished: no run begins then. */
  hinders?(live: Live): string | undefined
  /** For what no list shows: what comes with its parent, or stands alone in the account. One declared single read. */
  read?(ctx: C, needs: Partial<Lives<N>>): Promise<Found<Live> | undefined>
  /** Asked when nothing of ours is there: what else has the name that this step would take. One declared single read. */
  occupant?(ctx: C, needs: Partial<Lives<N>>): Promise<Live | undefined>
  /**
   * What `create` will pick by itself, so that a plan shows it, and with it what follows. Asked where nothing is there,
   * or where it is to be picked anew; `foresees` says how many calls that is.
   */
  foresee?(ctx: C): Promise<Partial<Live>>
  readonly foresees?: number
  /**
   * Without it, the thing comes with its parent or is adopted. `foreseen` is what `foresee` said to this run, and so
   * what was agreed to: it is not to be picked again.
   */
  create?(ctx: C, needs: Lives<N>, birth: Birth, foreseen?: Partial<Live>): Promise<void>
  /** Without it, nothing of it can change in place. */
  update?(ctx: C, live: Live, changes: readonly Change<Live>[], needs: Lives<N>): Promise<void>
  /** Makes a foreign occupant known as ours-to-use: it is updated, never destroyed. */
  adopt?(ctx: C, live: Live, birth: Birth): Promise<void>
  /** Puts a setting back as it was before our first change; the engine has kept that value. */
  restore?(ctx: C, live: Live, former: Live): Promise<void>
}

/** Binds the context; the second call infers the rest, so that a misspelt or mistyped wish does not compile. */
export const stepFor =
  <C>() =>
  <
    Live extends object,
    N extends Needs,
    Spec extends { readonly [K in keyof Spec]: K extends keyof Live ? Live[K] : never },
  >(
    step: Step<C, Live, N, Spec>,
  ): Step<C, Live, N, Spec> =>
    step

/** What the first step of a blueprint remembers of the last run: a fingerprint per step and field. */
export type Wishes = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What makes up an environment. */
export interface Blueprint<C> {
  readonly name: string
  /** What `destroy` takes down; steps of other scopes are only made. */
  readonly scopes: readonly Scope[]
  /** Made before all that is not needed for it, and destroyed last: the record. Its live value has `wishes`. */
  readonly first?: AnyStep<C>
  readonly steps: readonly AnyStep<C>[]
  /** What others stand on as well: made like the rest, and never taken down. */
  readonly ground?: readonly AnyStep<C>[]
  /** Settings that are not wished, and that earlier runs may have changed: a run that prunes puts them back. */
  readonly unwished?: readonly AnyStep<C>[]
}

export const keyOf = (step: Pick<AnyStep, "kind" | "name">): string => `${step.kind.name}/${step.name}`
