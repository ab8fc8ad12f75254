/** Enough of React's types to know what props, state and context hold. */
export const reactStandIn = `
export type ReactNode = any;
export type ReactElement<P = any, T = any> = any;
export type Key = string | number;
export type PropsWithChildren<P = {}> = P & { children?: ReactNode };
export type PropsWithRef<P> = P;
export interface FunctionComponent<P = {}> { (props: P): ReactNode; displayName?: string; defaultProps?: any }
export type FC<P = {}> = FunctionComponent<P>;
export type VFC<P = {}> = FunctionComponent<P>;
export interface ComponentClass<P = {}> { new (props: P): Component<P> }
export type ComponentType<P = {}> = FunctionComponent<P> | ComponentClass<P>;
export type ComponentProps<T> = T extends (props: infer P) => any ? P : any;
export type Dispatch<A> = (value: A) => void;
export type SetStateAction<S> = S | ((previous: S) => S);
export interface RefObject<T> { current: T }
export type MutableRefObject<T> = RefObject<T>;
export interface Context<T> { Provider: FunctionComponent<{ value: T; children?: ReactNode }>; Consumer: FunctionComponent<{ children: (value: T) => ReactNode }> }
export class Component<P = {}, S = {}> {
  constructor(props: P);
  readonly props: P & { children?: ReactNode };
  state: S;
  setState(next: Partial<S> | ((state: S, props: P) => Partial<S>), done?: () => void): void;
}
export class PureComponent<P = {}, S = {}> extends Component<P, S> {}
export function useState<S>(initial: S | (() => S)): [S, Dispatch<SetStateAction<S>>];
export function useState<S = undefined>(): [S | undefined, Dispatch<SetStateAction<S | undefined>>];
export function useReducer<S, A>(reducer: (state: S, action: A) => S, initial: S, init?: any): [S, Dispatch<A>];
export function useRef<T>(initial: T): RefObject<T>;
export function useRef<T>(initial?: T | null): RefObject<T | null>;
export function useMemo<T>(make: () => T, deps?: any): T;
export function useCallback<T>(callback: T, deps?: any): T;
export function useDeferredValue<T>(value: T): T;
export function createContext<T>(initial: T): Context<T>;
export function useContext<T>(context: Context<T>): T;
export function use<T>(source: Promise<T> | Context<T>): T;
export function memo<T>(component: T, equal?: any): T;
export function forwardRef<T, P = {}>(render: (props: P, ref: any) => ReactNode): FunctionComponent<P & { ref?: any }>;
`;
