//! Types that contain themselves.

use std::collections::BTreeSet;

use super::resolved::{Shape, Ty, Type};

/// Boxes the fields through which a type contains itself.
pub(super) fn box_fields(types: &mut [Type]) {
    let direct = |ty: &Type| -> Vec<usize> {
        match &ty.shape {
            Shape::Struct(body) => body
                .fields
                .iter()
                .filter(|field| !field.boxed)
                .filter_map(|field| match &field.ty {
                    Ty::Type(index) => Some(*index),
                    // A single value is stored in place.
                    Ty::OneOrMany(element) => match element.ty {
                        Ty::Type(index) => Some(index),
                        _ => None,
                    },
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    for index in 0..types.len() {
        let reaches = |from: usize, types: &[Type]| {
            let mut open = vec![from];
            let mut seen = BTreeSet::new();
            while let Some(at) = open.pop() {
                if at == index {
                    return true;
                }
                if seen.insert(at) {
                    open.extend(direct(&types[at]));
                }
            }
            false
        };
        let cyclic: Vec<usize> = direct(&types[index])
            .into_iter()
            .filter(|&to| reaches(to, types))
            .collect();
        if let Shape::Struct(body) = &mut types[index].shape {
            for field in &mut body.fields {
                field.boxed |= matches!(field.ty, Ty::Type(to) if cyclic.contains(&to));
            }
        }
    }
}
