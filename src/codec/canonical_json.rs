//! Canonical JSON (RFC 8785): equal values have the same text, so that a digest of it identifies the value.

use crate::codec::View;
use crate::codec::writer::{each_entry, each_item};
use crate::error::Error;
use crate::format::DocumentFormat;
use crate::format::json::JsonWriter;
use crate::format::sink::{Container, Name, Scalar, Sink, unrepresentable};
use crate::value::Integer;

type Result<T> = std::result::Result<T, Error>;

/// Writes canonical JSON as defined by RFC 8785: no white space, keys sorted by their UTF-16 code units, and numbers as ECMAScript
/// writes them. Two dictionaries with the same entries in another order have the same text, and so have the numbers 8 and 8.0.
///
/// Data becomes base64 text, and dates become RFC 3339 text.
///
/// ```
/// use apple_mdm::codec::Write;
/// use apple_mdm::value::Value;
/// use apple_mdm::writer::to_json_canonical;
///
/// let value: Value = serde_json::from_str(r#"{ "b": 1e2, "a": [0.50, "\u00e9"] }"#)?;
/// assert_eq!(to_json_canonical(value.view())?, r#"{"a":[0.5,"é"],"b":100}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error under the same conditions as [`to_json`](super::writer::to_json), and for an integer that floating-point numbers
/// cannot represent exactly, because other implementations would write another number.
pub fn to_json_canonical(view: View<'_>) -> Result<String> {
    to_json_canonical_without(view, None)
}

/// Writes canonical JSON without the entry `omitted` of the outermost dictionary.
pub(crate) fn to_json_canonical_without(view: View<'_>, omitted: Option<&str>) -> Result<String> {
    let mut writer = JsonWriter::new(false);
    write(&mut writer, &view, omitted)?;
    Ok(writer.finish())
}

fn write(writer: &mut JsonWriter, view: &View<'_>, omitted: Option<&str>) -> Result<()> {
    match *view {
        View::Integer(n) => writer.number(&integer(n)?),
        View::Real(n) if n.is_finite() => writer.number(&ecmascript_number(n)),
        View::Array(list) => {
            writer.begin(Container::Array)?;
            each_item(list, &mut |item| {
                writer.item();
                write(writer, item, None)
            })?;
            writer.end(Container::Array);
        }
        View::Map(_) | View::Record(_) => {
            writer.begin(Container::Dictionary)?;
            let mut entries: Vec<(Name<'_>, View<'_>)> = Vec::new();
            each_entry(*view, &mut |key, value| {
                if Some(key.text) != omitted {
                    entries.push((key, *value));
                }
                Ok(())
            })?;
            entries.sort_by(|(a, _), (b, _)| a.text.encode_utf16().cmp(b.text.encode_utf16()));
            for (key, value) in entries {
                writer.key(key)?;
                write(writer, &value, None).map_err(|error| error.under_key(key.text))?;
            }
            writer.end(Container::Dictionary);
        }
        View::Absent => return Err(super::writer::no_value()),
        View::Null => writer.scalar(Scalar::Null)?,
        View::String(text) => writer.scalar(Scalar::String(text))?,
        View::Real(n) => writer.scalar(Scalar::Real(n))?,
        View::Boolean(b) => writer.scalar(Scalar::Boolean(b))?,
        View::Data(bytes) => writer.scalar(Scalar::Data(bytes))?,
        View::Date(date) => writer.scalar(Scalar::Date(date))?,
        View::Uid(n) => writer.scalar(Scalar::Uid(n))?,
        View::Unparsed(unparsed) => writer.scalar(Scalar::Unparsed(unparsed))?,
    }
    Ok(())
}

fn integer(n: Integer) -> Result<String> {
    let real = n.as_f64();
    // The conversion saturates nowhere: the largest integer rounds to 2^64, which fits.
    if real as i128 == n.as_i128() {
        Ok(ecmascript_number(real))
    } else {
        let what = "an integer that is not exact as a floating-point number";
        Err(unrepresentable(DocumentFormat::Json, what))
    }
}

/// Returns the shortest digits that are read as the same number, as `d.dddde-7`.
///
/// If several are equally short, ECMAScript requires the nearest, and of two equally near ones the even one. The standard library does not
/// promise the latter, but its formatting with a fixed number of digits does so.
fn shortest_digits(n: f64) -> String {
    let shortest = format!("{n:e}");
    let mantissa = shortest.split('e').next().unwrap_or_default();
    let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let nearest = format!("{n:.fraction$e}");
    if nearest.parse() == Ok(n) { nearest } else { shortest }
}

/// Writes a finite number as ECMAScript's `Number::toString` does.
fn ecmascript_number(n: f64) -> String {
    // Zero has no sign in ECMAScript.
    if n == 0.0 {
        return "0".to_owned();
    }
    let shortest = shortest_digits(n.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let digits = mantissa.replace('.', "");
    // The position of the decimal point, counted from the first digit.
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let len = digits.len() as i32;
    let zeros = |count: i32| "0".repeat(count.unsigned_abs() as usize);
    let sign = if n < 0.0 { "-" } else { "" };
    if len <= point && point <= 21 {
        return format!("{sign}{digits}{}", zeros(point - len));
    }
    if 0 < point && point <= 21 {
        let (whole, fraction) = digits.split_at(point.unsigned_abs() as usize);
        return format!("{sign}{whole}.{fraction}");
    }
    if -6 < point && point <= 0 {
        return format!("{sign}0.{}{digits}", zeros(point));
    }
    let exponent = point - 1;
    let plus = if exponent > 0 { "+" } else { "" };
    format!("{sign}{mantissa}e{plus}{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Document, Write};
    use crate::value::{Data, Dictionary, Value};

    fn canonical(json: &str) -> String {
        // Unlike this crate, serde_json does not always read the nearest floating-point number.
        let value = Value::from_slice(json.as_bytes()).unwrap();
        to_json_canonical(value.view()).unwrap()
    }

    /// The samples of appendix B of RFC 8785.
    #[test]
    fn numbers_are_written_as_in_the_standard() {
        for (bits, text) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
            // The lower bound of a power of two is nearer than the upper one.
            (0x0010_0000_0000_0000, "2.2250738585072014e-308"),
            (0x4340_0000_0000_0001, "9007199254740994"),
            (0x44b0_0000_0000_0000, "7.555786372591432e+22"),
        ] {
            let number = f64::from_bits(bits);
            assert_eq!(ecmascript_number(number), text);
            assert_eq!(text.parse::<f64>().unwrap(), number);
        }
    }

    #[test]
    fn numbers_of_equal_value_have_the_same_text() {
        assert_eq!(
            canonical("[8, 8.0, 0.8e1, -0, 4.50, 2e-3, 1e30]"),
            "[8,8,8,0,4.5,0.002,1e+30]"
        );
        assert_eq!(canonical("[9007199254740993.0]"), canonical("[9007199254740992]"));
    }

    #[test]
    fn integers_are_exact_or_an_error() {
        for (n, text) in [
            (Integer::from(-1), "-1"),
            (Integer::from(i64::MIN), "-9223372036854776000"),
            (Integer::from(1_u64 << 63), "9223372036854776000"),
            (Integer::from((1_i64 << 53) + 2), "9007199254740994"),
        ] {
            assert_eq!(integer(n).as_deref(), Ok(text));
        }
        for n in [Integer::from((1_i64 << 53) + 1), i64::MAX.into(), u64::MAX.into()] {
            let error = to_json_canonical(Value::from(vec![Value::from(n)]).view()).unwrap_err();
            assert_eq!(
                error.to_string(),
                "[0]: an integer that is not exact as a floating-point number cannot be written as JSON"
            );
        }
    }

    /// The example of section 3.2.3 of RFC 8785. U+1F600 is two surrogates, which sort before U+FB33.
    #[test]
    fn keys_are_sorted_by_utf16_code_units() {
        let json = r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#;
        let names = ["\\r", "1", "\u{80}", "ö", "€", "😀", "\u{fb33}"];
        let text = canonical(json);
        let places: Vec<usize> = names
            .iter()
            .map(|name| text.find(&format!("\"{name}\":")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{text}");
    }

    /// The example of section 3.2.2 of RFC 8785.
    #[test]
    fn the_example_of_the_standard() {
        let json = r#"{
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
        }"#;
        let expected = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
        assert_eq!(canonical(json), expected);
        assert_eq!(canonical(expected), expected);
    }

    #[test]
    fn strings_are_escaped_only_where_json_requires_it() {
        let text: String = (0..=0x80_u32)
            .filter_map(char::from_u32)
            .chain(['\u{2028}', '😀'])
            .collect();
        let expected = serde_json::to_string(&text).unwrap();
        assert_eq!(to_json_canonical(View::String(&text)).as_deref(), Ok(expected.as_str()));
    }

    #[test]
    fn dictionaries_at_every_level_are_sorted_and_only_the_outermost_lacks_an_entry() {
        let value: Value = serde_json::from_str(r#"{"b": [{"d": 1, "c": {"T": 2}}], "T": 3, "a": {}}"#).unwrap();
        assert_eq!(
            to_json_canonical_without(value.view(), Some("T")).as_deref(),
            Ok(r#"{"a":{},"b":[{"c":{"T":2},"d":1}]}"#)
        );
    }

    #[test]
    fn values_without_a_json_form_are_errors_with_a_path() {
        let nan = Dictionary::from_iter([("A", Value::Real(f64::NAN))]);
        let error = to_json_canonical(nan.view()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "A: a number that is not finite cannot be written as JSON"
        );
        assert!(to_json_canonical(View::Absent).is_err());
        assert!(to_json_canonical(View::Uid(1)).is_err());
        let mut deep = Value::from(Data::from(&[0][..]));
        for _ in 0..100 {
            deep = Value::from(vec![deep]);
        }
        assert_eq!(
            to_json_canonical(deep.view()).as_deref(),
            Ok(&*format!("{}\"AA==\"{}", "[".repeat(100), "]".repeat(100)))
        );
        for _ in 0..1000 {
            deep = Value::from(vec![deep]);
        }
        assert!(to_json_canonical(deep.view()).is_err());
    }
}
