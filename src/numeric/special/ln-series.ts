// The reduction and series of fdlibm's e_log and s_log1p (Sun Microsystems, 1993).

/** ln 2 in two parts: the first with so few digits that whole multiples of it are exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

/** Of ln(1 + f) in s = f / (2 + f): coefficients of the even powers from s² on. */
export const L1 = 0.6666666666666735;
export const L2 = 0.3999999999940942;
export const L3 = 0.2857142874366239;
export const L4 = 0.22222198432149784;
export const L5 = 0.1818357216161805;
export const L6 = 0.15313837699209373;
export const L7 = 0.14798198605116586;
